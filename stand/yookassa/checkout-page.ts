// Draws the payment page: sum, purpose, card form with errors beside the fields, test cards as buttons, the bank's code, the result. Called
// by checkout.ts.
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import type { PaymentRecord } from './books.ts';
import { type Card, type CardFields, type CardProblems, testCards } from './cards.ts';
import { said } from './money.ts';

export const shell = {
  system: 'ЮKassa',
  brand: '#5b2bd9',
  notice: 'Это стенд для проверки: деньги не списываются, настоящие карты не принимаются.',
};

export function cardBody(record: PaymentRecord, fields: CardFields, problems: CardProblems = {}): Html {
  const wrong = Object.values(problems);
  return html`${order(record)}
${wrong.length === 0 ? '' : html`<div class="errors" role="alert"><b>Платёж не отправлен.</b><ul>${wrong.map(problem => html`<li>${problem}</li>`)}</ul></div>`}
<form method="post" class="card" aria-label="Банковская карта" novalidate>
<h2>Банковская карта</h2>
${field('number', 'Номер карты', fields.number, problems.number, 'cc-number', 23)}
<div class="three">${field('month', 'Месяц', fields.month, problems.month, 'cc-exp-month', 2)}
${field('year', 'Год', fields.year, problems.year, 'cc-exp-year', 4)}
${field('cvc', 'CVC', fields.cvc, problems.cvc, 'cc-csc', 4)}</div>
<button class="main">Оплатить ${said(record.payment.amount)}</button>
<p><a href="${record.returnUrl}">Вернуться в магазин</a></p>
</form>
<form method="get" class="card" aria-labelledby="test"><h2 id="test">Тестовые карты</h2><p class="muted small">Кнопка заполнит форму выше. Срок и CVC любые.</p>
<ul class="line">${testCards.map(({ number, what }) => html`<li><button name="card" value="${number}"><b>••\u00a0${number.slice(-4)}</b> <span>${what}</span></button></li>`)}</ul></form>`;
}

/** A simplified page of the bank. */
export function challengeBody({ payment }: PaymentRecord, { number }: Card, problem?: string): Html {
  return html`<h1>Подтвердите оплату</h1><form method="post" class="card" novalidate>
<p>Банк спрашивает код для списания <b>${said(payment.amount)}</b> с карты ••\u00a0${number.slice(-4)}.</p>
<div class="field"><label for="code">Код из сообщения</label>
${problem === undefined ? '' : html`<p class="error" id="code-error" role="alert">${problem}</p>`}
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" aria-describedby="code-hint${problem === undefined ? '' : ' code-error'}"${problem === undefined ? '' : html` aria-invalid="true"`}>
<p class="hint small" id="code-hint">На стенде подходит любой код от четырёх цифр. Код 0000 банк не примет.</p></div>
<button class="main">Подтвердить</button></form>`;
}

export function endBody(record: PaymentRecord | undefined): Html {
  if (record === undefined) return html`<h1>Нет такого платежа</h1><p>Откройте страницу оплаты ещё раз из магазина.</p>`;
  const { status, cancellation_details: why } = record.payment;
  const what =
    status !== 'canceled' ? 'Платёж уже прошёл' : why?.reason === 'expired_on_confirmation' ? 'Время оплаты вышло' : 'Платёж отменён';
  return html`${order(record)}<section class="card"><h2>${what}</h2><p>Платить на этой странице больше не нужно. ${why === undefined ? '' : `Причина: ${why.reason}.`}</p>
<p><a href="${record.returnUrl}">Вернуться в магазин</a></p></section>`;
}

function order({ payment }: PaymentRecord): Html {
  return html`<div><h1>Оплата</h1><p class="sum">${said(payment.amount)}</p><p class="muted">${payment.description ?? 'Без описания'}</p></div>`;
}

function field(name: keyof CardFields, label: string, value: string, problem: string | undefined, complete: string, size: number): Html {
  const invalid = problem === undefined ? '' : html` aria-invalid="true" aria-describedby="${name}-error"`;
  return html`<div class="field"><label for="${name}">${label}</label>${problem === undefined ? '' : html`<p class="error" id="${name}-error">${problem}</p>`}
<input id="${name}" name="${name}" value="${value}" inputmode="numeric" autocomplete="${complete}" maxlength="${size}"${invalid}></div>`;
}

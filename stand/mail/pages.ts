// The pages of the mailbox: all letters, newest first, and one letter with its headers, text, attachments and its HTML in a sandbox.
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import type { Letter, Webhook } from './books.ts';

export const shell = { system: 'Почта', brand: '#7a3b00', notice: 'Это стенд для проверки: письма остаются здесь и никуда не уходят.' };

export function listBody(letters: readonly Letter[], to: string): Html {
  return html`<h1>Письма</h1>
<p><a class="button" href="/write${to === '' ? '' : `?from=${encodeURIComponent(to)}`}">Написать в клинику</a> <a href="/written">Написанные письма</a></p>
<form method="get" class="card"><div class="row"><label class="grow">Кому<input name="to" type="text" inputmode="email" autocomplete="off" value="${to}"></label><button>Показать</button>${to === '' ? '' : html`<a class="button" href="/">Все письма</a>`}</div></form>
${letters.length === 0 ? html`<p class="card muted">Писем нет.</p>` : html`<ul class="line" aria-label="Письма, новые сверху">${letters.map(row)}</ul>`}
<p><a href="/__stand">Сбои и состояние</a></p>`;
}

function row({ id, asked, at, lastEvent }: Letter): Html {
  return html`<li class="card"><a href="/letters/${id}"><b>${asked.subject}</b></a><p class="small muted">${asked.to.join(', ')} · ${moment(at)} · ${events[lastEvent]}</p></li>`;
}

export function letterBody({ id, asked, at, messageId, lastEvent }: Letter): Html {
  const headers: [string, string][] = [
    ['От кого', asked.from],
    ['Кому', asked.to.join(', ')],
    ['Копия', asked.cc?.join(', ') ?? ''],
    ['Отвечать', asked.reply_to?.join(', ') ?? ''],
    ['Когда', moment(at)],
    ['Состояние', events[lastEvent]],
    ['Message-ID', messageId],
    ...Object.entries(asked.headers ?? {}),
    ['Метки', asked.tags?.map(({ name, value }) => `${name}=${value}`).join(', ') ?? ''],
  ];
  return html`<p><a href="/">Все письма</a></p><h1>${asked.subject}</h1>
<dl class="card">${headers.filter(([, value]) => value !== '').map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${asked.attachments === undefined ? '' : html`<section class="card"><h2>Вложения</h2><ul>${asked.attachments.map(({ filename }, index) => html`<li><a href="/letters/${id}/attachments/${index}" download="${filename}">${filename}</a></li>`)}</ul></section>`}
${asked.html === undefined ? '' : html`<section><h2>Письмо</h2><iframe sandbox="" srcdoc="${asked.html}" title="Письмо: ${asked.subject}"></iframe></section>`}
${asked.text === undefined ? '' : html`<section class="card"><h2>Текстом</h2><pre>${linked(asked.text)}</pre></section>`}
<p><a class="button" href="/write?answers=${id}">Ответить</a></p>
<p><a href="/__stand/letters/${id}.eml">Скачать письмо целиком, .eml</a></p>`;
}

/** A letter's HTML is in a sandbox where links do not work, so links in the text part are made clickable. */
function linked(text: string): Html[] {
  return text.split(/(https?:\/\/[^\s<>]+)/).map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`));
}

export function deskBody(letters: readonly Letter[], webhooks: readonly Webhook[], url: string): Html {
  return html`<p><a href="/">Писем: ${letters.length}</a></p><section class="card"><h2>Вебхуки</h2><p class="small muted">Уходят на ${url}</p>
${webhooks.length === 0 ? html`<p class="muted">Пока ни одного.</p>` : html`<div class="scroll" role="region" tabindex="0" aria-label="Вебхуки"><table><thead><tr><th scope="col">Когда</th><th scope="col">Событие</th><th scope="col">Попыток</th><th scope="col">Чем кончилось</th></tr></thead><tbody>${webhooks.slice(-15).reverse().map(webhookRow)}</tbody></table></div>`}</section>
<section class="card"><h2>Особые адреса</h2><dl><dt>bounce@…, …@bounce.example.ru</dt><dd>письмо вернётся</dd><dt>complain@…</dt><dd>человек пожалуется на спам</dd><dt>delay@…</dt><dd>письмо сначала задержится</dd></dl></section>`;
}

function webhookRow({ createdAt, event, attempts, end, lastAnswer = '' }: Webhook): Html {
  const ends = { delivered: 'принято', dropped: 'потеряно', givenUp: 'брошено через сутки' };
  return html`<tr><td>${moment(createdAt)}</td><td>email.${event}</td><td>${attempts}</td><td>${end === undefined ? `ждёт отправки ${lastAnswer}` : ends[end]}</td></tr>`;
}

const events: Record<Letter['lastEvent'], string> = {
  queued: 'принято',
  sent: 'отправлено',
  delivered: 'доставлено',
  delivery_delayed: 'задержано',
  bounced: 'вернулось',
  complained: 'пожаловались',
};

const moment = (at: number) => new Date(at).toLocaleString('ru-RU', { timeZone: 'Europe/Moscow' });

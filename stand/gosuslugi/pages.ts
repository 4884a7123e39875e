// The pages of the stand's Gosuslugi: the list of made-up people to sign in as, and a plain sentence for errors.
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { people, type Person } from './people.ts';
import type { SignIn } from './shelf.ts';

export const shell = {
  system: 'Госуслуги',
  brand: '#0d4cd3',
  notice: 'Это стенд для проверки, а не настоящие Госуслуги. Все люди вымышлены, ничего вводить не нужно.',
};

/** `asked` are the scopes of the request. */
export function pickPage(uid: string, asked: readonly string[]): Html {
  const ordinary = people.filter(person => person.trusted && person.manner === 'signsIn' && person.email !== undefined);
  const special = people.filter(person => !ordinary.includes(person));
  return html`<div><h1>Кто входит?</h1><p class="muted">Сайт получит: ${
    asked
      .map(scope => given[scope])
      .filter(Boolean)
      .join(', ') || 'только номер учётной записи'
  }.</p></div>
<form method="post" action="/interaction/${uid}" class="card" aria-label="Выбор человека">
<h2 id="ordinary">Подтверждённые учётные записи</h2>
<ul class="line" aria-labelledby="ordinary">${ordinary.map(choice)}</ul>
<h2 id="special">Особые случаи</h2>
<ul class="line" aria-labelledby="special">${special.map(choice)}</ul>
<button name="refuse" value="yes">Отказаться</button>
</form>`;
}

function choice(person: Person): Html {
  return html`<li><button name="sub" value="${person.sub}"><b>${person.givenName} ${person.familyName}</b> <span>${about(person)}</span></button></li>`;
}

function about(person: Person): string {
  const year = `${person.birthdate.slice(0, 4)} г. р.`;
  if (person.manner === 'refuses') return `${year}, откажется передать данные`;
  if (person.manner === 'slow') return `${year}, ответит через 8 секунд`;
  if (person.manner === 'fails') return `${year}, сервер ответит ошибкой`;
  if (!person.trusted) return `${year}, учётная запись не подтверждена`;
  return person.email === undefined ? `${year}, без электронной почты` : `${year}, ${person.email}`;
}

const given: Partial<Record<string, string>> = {
  fullname: 'ФИО',
  birthdate: 'дату рождения',
  gender: 'пол',
  snils: 'СНИЛС',
  mobile: 'телефон',
  email: 'адрес почты',
};

export function errorBody(code: string, detail: string): Html {
  return html`<h1>Вход не получился</h1><div class="card"><p>Вернитесь на сайт, с которого пришли, и начните вход ещё раз.</p>
<p class="muted small">Для разработчика: ${code}. ${detail}</p></div>`;
}

export function deskBody(issuer: string, clientId: string, redirectUris: readonly string[], signIns: readonly SignIn[]): Html {
  return html`<section class="card"><h2>Подключение</h2><dl><dt>Издатель</dt><dd>${issuer}</dd><dt>Клиент</dt><dd>${clientId}</dd>
<dt>Адреса возврата</dt><dd>${redirectUris.join(', ')}</dd></dl></section>
<section class="card"><h2>Люди</h2><div class="scroll" role="region" tabindex="0" aria-label="Люди"><table><thead><tr><th scope="col">Человек</th><th scope="col">sub</th><th scope="col">СНИЛС</th><th scope="col">Телефон</th><th scope="col">Что особенного</th></tr></thead>
<tbody>${people.map(person => html`<tr><th scope="row">${person.familyName} ${person.givenName}</th><td>${person.sub}</td><td>${person.snils}</td><td>${person.phone}</td><td>${about(person)}</td></tr>`)}</tbody></table></div></section>
<section class="card"><h2>Последние входы</h2>${signIns.length === 0 ? html`<p class="muted">Ещё никто не входил.</p>` : html`<ul>${signIns.slice(-10).reverse().map(said)}</ul>`}</section>`;
}

function said({ at, sub, end }: SignIn): Html {
  const person = people.find(one => one.sub === sub);
  const name = person === undefined ? 'Человек' : `${person.givenName} ${person.familyName}`;
  return html`<li><time datetime="${new Date(at).toISOString()}">${new Date(at).toLocaleString('ru-RU', { timeZone: 'Europe/Moscow' })}</time> ${name}: ${end === 'signedIn' ? 'вход' : 'отказ'}</li>`;
}

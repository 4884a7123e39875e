// The page of the stand's signing service: whose certificates it has and how often each was used.
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import type { Credential } from './authority.ts';

export const shell = {
  system: 'Подпись',
  brand: '#4a3a86',
  notice: 'Это стенд для проверки: сертификаты ненастоящие, юридической силы подпись не имеет.',
};

export function deskBody(credentials: readonly Credential[], signed: readonly string[]): Html {
  const times = (serial: string) => signed.filter(one => one === serial).length;
  return html`<section class="card"><h2>Сертификаты врачей</h2><p><a href="/ca.pem">Сертификат удостоверяющего центра стенда, PEM</a></p>
<div class="scroll" role="region" tabindex="0" aria-label="Сертификаты"><table><thead><tr><th scope="col">Владелец</th><th scope="col">Номер</th><th scope="col">Действует до</th><th scope="col">Подписей с запуска</th></tr></thead>
<tbody>${credentials.map(({ owner, serial, validUntil }) => html`<tr><td>${owner}</td><td>${serial}</td><td>${day(validUntil)}</td><td>${times(serial)}</td></tr>`)}</tbody></table></div></section>`;
}

const day = (at: number) => new Date(at).toLocaleDateString('ru-RU', { timeZone: 'Europe/Moscow' });

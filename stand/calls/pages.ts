// The content of the stand's page of Calls on /__stand: sessions with their tracks and bit rates, and the network faults. calls.ts passes
// it to stand/faults.ts, which draws the rest.
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import type { Network, NetworkFault } from './network.ts';
import type { Publication } from './publication.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import type { Subscription } from './subscription.ts';

export const shell = {
  system: 'Видеосвязь',
  brand: '#8a3a06',
  notice: 'Это стенд для проверки: он говорит как Cloudflare Calls, но видео и звук не выходят за пределы этой сети.',
};

export function deskBody(sessions: Sessions, network: Network): Html {
  const all = sessions.all();
  return html`<section class="card"><h2>Сеансы</h2>
${all.length === 0 ? html`<p class="muted">Никто не на связи.</p>` : html`<div class="scroll" role="region" tabindex="0" aria-label="Сеансы"><table><thead><tr><th scope="col">Сеанс</th><th scope="col">Состояние</th><th scope="col">Слышен</th><th scope="col">Отдаёт</th><th scope="col">Получает</th><th scope="col">Оборвать</th></tr></thead><tbody>${all.map(session => sessionRow(session, sessions.now()))}</tbody></table></div>`}</section>
<section class="card"><h2>Сеть</h2>
${network.current().length === 0 ? html`<p class="muted">Пакеты доходят.</p>` : html`<div class="on"><ul>${network.current().map(fault => html`<li>${said(fault, sessions.now())}</li>`)}</ul><form method="post" action="/__stand/faults"><button name="kind" value="none">Выключить все сбои</button></form></div>`}
${networkSwitch('loss', 'Терять пакеты', html`<label class="grow">Доля, от 0 до 1<input name="share" inputmode="decimal" autocomplete="off" value="0.05"></label>`, all)}
${networkSwitch('blackhole', 'Оборвать провод', html`<label class="grow">На сколько, мс<input name="ms" inputmode="numeric" autocomplete="off" value="3000"></label>`, all)}</section>`;
}

function networkSwitch(kind: NetworkFault['kind'], title: string, field: Html, all: readonly Session[]): Html {
  return html`<form method="post" action="/__stand/faults" aria-label="${title}"><input type="hidden" name="kind" value="${kind}">
<h3>${title} <small class="muted">${kind}</small></h3>
<div class="row">${field}<label class="grow">У кого<select name="session"><option value="">у всех</option>${all.map(({ id }) => html`<option value="${id}">${short(id)}</option>`)}</select></label><button>Включить</button></div></form>`;
}

function sessionRow({ id, state, heardAt, publications, subscriptions }: Session, now: number): Html {
  return html`<tr><td>${short(id)}</td><td>${states[state]}</td><td>${seconds(now - heardAt)} назад</td><td>${flows(publications)}</td><td>${flows(subscriptions)}</td><td><form method="post" action="/__stand/kill?session=${id}"><button aria-label="Оборвать сеанс ${short(id)}">Оборвать</button></form></td></tr>`;
}

function flows(tracks: readonly (Publication | Subscription)[]): Html {
  const open = tracks.filter(({ isOpen }) => isOpen);
  return html`${open.map(({ line, meter }) => html`<div>${media[line.kind]}: ${Math.round(meter.bitsPerSecond / 1000)} кбит/с</div>`)}`;
}

function said(fault: NetworkFault, now: number): string {
  const whose = fault.session === undefined ? 'у всех' : `у ${short(fault.session)}`;
  if (fault.kind === 'loss') return `Теряется ${Math.round(fault.share * 100)} % пакетов ${whose}.`;
  return `Провод оборван ${whose}, ещё ${seconds(fault.until - now)}.`;
}

const states: Record<Session['state'], string> = {
  new: 'открыт',
  connecting: 'соединяется',
  connected: 'на связи',
  left: 'попрощался',
  closed: 'закрыт',
};
const media = { audio: 'звук', video: 'видео' };
const short = (id: string) => id.slice(0, 6);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} с`;

// The owner's settings of claims: requisites, the address, limits, each with its history.
import { SETTING_KEYS, type SettingChange, type SettingKey } from '../../workflows/rules/clinic-setting.ts';
import { dateOf, momentOf, rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import type { Mistake } from './parts.tsx';

export interface SettingsPageProps {
  readonly frame: Frame;
  /** What the fields show: the values in force, or what was typed. Sums are roubles. */
  readonly values: Readonly<Record<SettingKey, string>>;
  readonly since: string;
  /** The latest change that the form was drawn from. */
  readonly seen: number;
  readonly history: readonly SettingChange[];
  readonly mistakes: readonly Mistake[];
  readonly said: 'saved' | 'nothing' | 'stale' | null;
}

export function SettingsPage({ frame, values, since, seen, history, mistakes, said }: SettingsPageProps) {
  const w = wordsOf(frame.lang).finance;
  const mistaken = (one: Mistake) => (mistakes.includes(one) ? w.mistakes[one] : null);
  return (
    <Layout frame={frame} title={w.settings} current="settings" staff>
      <div>
        <h1>{w.settings}</h1>
        <p class="lead">{w.settingsLead}</p>
      </div>
      {said === 'saved' && <Notice tone="ok" icon="check" role="status" text={w.saved} />}
      {said === 'nothing' && <Notice tone="info" icon="info" role="status" text={w.nothingChanged} />}
      {said === 'stale' && <Notice tone="warn" icon="alert" role="alert" text={w.staleSettings} />}
      <form class="card stack" method="post" action="/finance/settings">
        {mistakes.length > 0 && (
          <div class="errors" role="alert" tabIndex={-1}>
            <h2>{w.mistakesHeading}</h2>
            <ul>
              {mistakes.map(one => (
                <li>
                  <a href={`#${one}`}>{w.mistakes[one]}</a>
                </li>
              ))}
            </ul>
          </div>
        )}
        <input type="hidden" name="seen" value={seen} />
        {SETTING_KEYS.map(key => (
          <Field
            frame={frame}
            name={key}
            label={w.keysOf[key]}
            hint={w.hints[key]}
            error={mistaken(key)}
            input={{
              value: values[key],
              maxLength: 254,
              autoComplete: 'off',
              required: true,
              inputMode: isNumber(key) ? 'decimal' : 'text',
            }}
          />
        ))}
        <Field
          frame={frame}
          name="since"
          label={w.sinceDay}
          hint={w.sinceHint}
          error={mistaken('since')}
          input={{ type: 'date', value: since, min: dateOf(frame.now, frame.clinic.zone), required: true }}
        />
        <div class="acts">
          <button class="button">{w.save}</button>
        </div>
      </form>
      <History frame={frame} history={history} />
    </Layout>
  );
}

const isNumber = (key: SettingKey): boolean => key.startsWith('claim') && key !== 'claimsAddress';

function History({ frame, history }: { readonly frame: Frame; readonly history: readonly SettingChange[] }) {
  const w = wordsOf(frame.lang).finance;
  const heads = [w.what, w.value, w.from, w.who];
  return (
    <section class="stack tight" aria-labelledby="history">
      <h2 id="history">{w.history}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and a keyboard has to reach it */}
      <div class="scroll sum" tabIndex={0} role="group" aria-labelledby="history">
        <table>
          <caption class="away">{w.history}</caption>
          <thead>
            <tr>
              {heads.map(head => (
                <th scope="col">{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {history.map(({ key, value, since, at, by }) => (
              <tr>
                <td>{w.keysOf[key]}</td>
                <td>{key === 'claimSecondAboveMinor' ? rub(Number(value), frame.lang) : value}</td>
                <td>{momentOf(since, frame)}</td>
                <td>{by === null ? w.loader : `${by}, ${momentOf(at, frame)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

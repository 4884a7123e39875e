// For staff whose sections are not built yet: their roles, what is available and what is not yet, without promises.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { OverdueList, UnmetList } from './unsigned.tsx';
import type { Unmet } from '../../workflows/rules/visit-confirmation.ts';
import { Troubles } from './troubles.tsx';
import type { Overdue } from '../../workflows/rules/unsigned.ts';
import type { Trouble } from '../../workflows/rules/trouble.ts';

export interface StaffPageProps {
  readonly frame: Frame;
  /** Protocols that have been unsigned for days; null for roles that do not see them. */
  readonly overdue: readonly Overdue[] | null;
  readonly unmet: readonly Unmet[];
  /** What could not be done, the latest first. */
  readonly troubles: readonly Trouble[];
}

export function StaffPage({ frame, overdue, unmet, troubles }: StaffPageProps) {
  const w = wordsOf(frame.lang).staff;
  const roles = frame.viewer?.roles ?? [];
  const sections = roles.flatMap(role => w.sections[role]);
  return (
    <Layout frame={frame} title={w.title} current="desk" staff>
      <div>
        <h1>{w.hello([frame.viewer?.givenName, frame.viewer?.middleName].filter(Boolean).join(' '))}</h1>
        <p class="muted">
          {w.yourRoles} {roles.map(role => w.roles[role]).join(', ')}
        </p>
      </div>
      {unmet.length > 0 && <UnmetList frame={frame} unmet={unmet} />}
      <Troubles frame={frame} troubles={troubles} />
      {overdue !== null && <OverdueList frame={frame} overdue={overdue} />}
      {sections.length > 0 && (
        <Notice tone="info" icon="clock" text={w.later}>
          <ul>
            {sections.map(section => (
              <li>{section}</li>
            ))}
          </ul>
        </Notice>
      )}
      <section class="card">
        <h2>{w.open}</h2>
        <ul>
          <li>
            <a href="/online">{w.openDoctors}</a>
          </li>
          <li>
            <a href="/help">{w.openHelp}</a>
          </li>
        </ul>
      </section>
    </Layout>
  );
}

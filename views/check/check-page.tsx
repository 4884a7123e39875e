// «Проверка связи» as its own page: for anyone who is signed in, days before a visit; or for one consultation, which stores the result.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import type { VisitView } from '../room/room-view.ts';
import { Crumb } from '../parts/crumb.tsx';
import { IslandScript, IslandSetup } from '../parts/island.tsx';
import { Phone } from '../parts/notice.tsx';
import { visitLine } from '../parts/visit-line.ts';
import { wordsOf } from '../words.ts';
import { Check } from './check.tsx';
import { PermissionHelp } from './permission-help.tsx';
import { checkSetupOf } from './setup.ts';
import type { LastCheck } from '../../workflows/rules/readiness.ts';

export interface CheckPageProps {
  readonly frame: Frame;
  /** Null on the page without a consultation. */
  readonly visit: VisitView | null;
  readonly last: LastCheck | null;
}

export function CheckPage({ frame, visit, last }: CheckPageProps) {
  const w = wordsOf(frame.lang).check;
  const works = frame.viewer?.roles.some(role => role !== 'patient') ?? false;
  const script = <IslandScript frame={frame} name="check" />;
  return (
    <Layout frame={frame} title={w.title} current={works ? 'desk' : visit ? 'appointments' : 'help'} staff={works} head={script}>
      <div>
        <WayBack frame={frame} visit={visit} works={works} />
        <h1>{w.title}</h1>
        <p class="lead">{visit ? visitLine(visit, frame) : w.lead}</p>
      </div>
      <noscript>
        <p>
          <b>{w.withoutScript}</b> {w.withoutScriptHow} <Phone frame={frame} />
        </p>
      </noscript>
      <Check frame={frame} last={last} heading={null} />
      <PermissionHelp frame={frame} />
      <p class="small muted scripted">{visit ? w.kept : works ? w.notKept : `${w.notKept} ${w.howToKeep}`}</p>
      <IslandSetup id="setup" setup={checkSetupOf(frame, visit?.consultationId ?? null)} />
    </Layout>
  );
}

function WayBack({ frame, visit, works }: Pick<CheckPageProps, 'frame' | 'visit'> & { readonly works: boolean }) {
  const words = wordsOf(frame.lang);
  if (works && visit?.role !== 'patient') return <Crumb href="/desk">{words.room.toDesk}</Crumb>;
  if (visit === null) return <Crumb href="/help/connect">{words.check.toHelp}</Crumb>;
  return <Crumb href={`/consultations/${visit.consultationId}`}>{words.check.crumb}</Crumb>;
}

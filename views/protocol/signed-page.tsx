// A signed protocol for its doctor: the text as the patient has it, every version, and a way to amend it.
import { differing, type Draft, fieldText } from '../../workflows/rules/protocol-draft.ts';
import { exactMomentOf, momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import type { ProtocolVisit } from './protocol-view.ts';
import { Crumb } from '../parts/crumb.tsx';
import { IslandScript } from '../parts/island.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { Lines } from './lines.tsx';
import { Paper } from './paper.tsx';
import type { SignedProtocol } from '../../workflows/rules/protocol.ts';

export interface SignedPageProps {
  readonly frame: Frame;
  readonly visit: ProtocolVisit;
  /** Every version, the first one first. */
  readonly versions: readonly SignedProtocol[];
  readonly shown: SignedProtocol;
  /** No visit in person was on record when the shown version was signed. */
  readonly isLocked: boolean;
  readonly isAmending: boolean;
  /** A text that arrived after another tab had signed a different one; null otherwise. */
  readonly late: Draft | null;
}

export function SignedPage(props: SignedPageProps) {
  const { frame, visit, versions, shown, late, isLocked } = props;
  const w = wordsOf(frame.lang).protocol;
  const isLast = shown.version === versions.length;
  return (
    <Layout frame={frame} title={w.heading(visit.patientName)} current="desk" staff head={<IslandScript frame={frame} name="protocol" />}>
      <div>
        <Crumb href="/desk">{w.toDesk}</Crumb>
        <h1>{w.heading(visit.patientName)}</h1>
        <p class="muted">{w.lead(momentOf(visit.slot.startsAt, frame))}</p>
      </div>
      {late !== null && <Late frame={frame} late={late} shown={shown} />}
      {late === null && isLast && <Notice tone="ok" icon="done" lead={`${w.signedTitle}.`} text={w.signedText} />}
      {!isLast && (
        <Notice tone="info" icon="info" text={w.versionOld}>
          <p>
            <a href={`/desk/consultations/${visit.consultationId}/protocol`}>{w.versionLast}</a>
          </p>
        </Notice>
      )}
      <div class="split" data-protocol-signed={late === null ? visit.consultationId : undefined}>
        <Paper
          frame={frame}
          visit={visit}
          content={shown.content}
          questionnaire={shown.questionnaire}
          reason={shown.reason}
          isLocked={isLocked}
        />
        <Beside {...props} />
      </div>
    </Layout>
  );
}

function Beside({ frame, visit, versions, shown, isAmending }: SignedPageProps) {
  const w = wordsOf(frame.lang).protocol;
  const path = `/desk/consultations/${visit.consultationId}/protocol`;
  return (
    <aside class="stack">
      <a class="button wide" href={`${path}/amendment`}>
        {isAmending ? w.amendContinue : w.amend}
      </a>
      <section class="card tight">
        <h2>{w.versions}</h2>
        <ul class="small">
          {versions.toReversed().map(one => (
            <li>
              <a href={`${path}?version=${one.version}`} aria-current={one.version === shown.version ? 'true' : undefined}>
                {w.version(one.version)}, {exactMomentOf(one.signedAt, frame)}
              </a>
              <br />
              {one.reason ?? w.versionFirst}
            </li>
          ))}
        </ul>
      </section>
      <section class="card tight small">
        <p>{w.signedLead(exactMomentOf(shown.signedAt, frame))}</p>
        <p class="muted">{w.code}</p>
        <p>{shown.verifyCode}</p>
        <p class="muted">{w.hash}</p>
        <p>{shown.contentHash}</p>
      </section>
    </aside>
  );
}

function Late({ frame, late, shown }: { readonly frame: Frame; readonly late: Draft; readonly shown: SignedProtocol }) {
  const w = wordsOf(frame.lang).protocol;
  const fields = differing(late, { content: shown.content, reason: shown.reason ?? '' });
  return (
    <>
      <Notice tone="warn" icon="alert" role="alert" lead={w.otherSigned} text={w.otherSignedText} />
      <section class="card tight">
        <h2>{w.otherSignedDiffers}</h2>
        {fields.map(field => (
          <div>
            <h3>{w.fields[field]}</h3>
            <Lines text={fieldText(late, field)} empty={w.clashEmpty} />
          </div>
        ))}
      </section>
    </>
  );
}

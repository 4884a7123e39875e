// The page where a protocol is written after the visit, the first version or an amendment; also shown again with a text that was refused.
import { UNSIGNED_NAG_MS } from '../../workflows/rules/protocol.ts';
import { ageOn, dateOf, exactMomentOf, momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import { Crumb } from '../parts/crumb.tsx';
import { IslandScript, IslandSetup } from '../parts/island.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { Answers } from './answers.tsx';
import { Editor } from './editor.tsx';
import type { EditorProps } from './flaws.tsx';
import { protocolSetupOf } from './setup.ts';

export interface EditorPageProps extends EditorProps {
  /** Why the text was refused; null when it was not. */
  readonly refused: 'notConcluded' | 'tooLarge' | null;
}

export function EditorPage({ frame, view, refused }: EditorPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.protocol;
  const { visit, round } = view;
  const age =
    visit.patientBirthDate === null ? '' : `, ${words.frame.years(ageOn(visit.patientBirthDate, dateOf(frame.now, frame.clinic.zone)))}`;
  const heading = (round === 1 ? w.heading : w.amendHeading)(visit.patientName + age);
  const signBy = round === 1 && visit.concludedAt !== null ? w.signBy(exactMomentOf(visit.concludedAt + UNSIGNED_NAG_MS, frame)) : null;
  const back = `/desk/consultations/${visit.consultationId}/protocol`;
  return (
    <Layout frame={frame} title={heading} current="desk" staff head={<IslandScript frame={frame} name="protocol" />}>
      <div>
        <Crumb href={round === 1 ? '/desk' : back}>{round === 1 ? w.toDesk : w.toSigned}</Crumb>
        <h1>{heading}</h1>
        <p class="muted">{[w.lead(momentOf(visit.slot.startsAt, frame)), signBy].filter(Boolean).join(' · ')}</p>
      </div>
      {refused === 'notConcluded' && <Notice tone="warn" icon="alert" role="alert" lead={w.notConcluded} text={w.notConcludedText} />}
      {refused === 'tooLarge' && <Notice tone="bad" icon="alert" role="alert" lead={w.tooLarge} text={w.tooLargeText} />}
      <Answers frame={frame} answered={view.answered} />
      <Editor frame={frame} view={view} isBeside={false} />
      <IslandSetup id="protocol-setup" setup={protocolSetupOf(frame, view)} />
    </Layout>
  );
}

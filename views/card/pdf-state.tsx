// The fragment `#pdf` of a protocol's page: the download button, or «PDF готовится», which reloads itself until the PDF exists or the
// waiting time ends.
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { polls, seenOf } from '../parts/polling.ts';
import { wordsOf } from '../words.ts';
import { sizeText } from './size.ts';
import type { PdfFacts } from '../../workflows/rules/card.ts';

/** How long a waiting page reloads the fragment, ms; making a PDF takes seconds. */
export const PDF_WAIT_MS = 3 * 60_000;

export interface PdfStateProps {
  readonly frame: Frame;
  readonly protocolId: string;
  readonly pdf: PdfFacts | null;
  /** Until when the page reloads the fragment, ms. */
  readonly until: number;
}

export const pdfSeenOf = (pdf: PdfFacts | null, isLong: boolean): string => seenOf(pdf?.bytes ?? null, isLong);

export function PdfState({ frame, protocolId, pdf, until }: PdfStateProps) {
  const w = wordsOf(frame.lang).card;
  const isLong = frame.now >= until;
  const reloads =
    pdf === null &&
    !isLong &&
    polls({ path: `/card/protocols/${protocolId}/pdf?until=${until}`, on: 'every 3s', seen: pdfSeenOf(pdf, isLong) });
  return (
    <div
      id="pdf"
      class="stack tight no-print"
      data-say={pdf !== null ? w.download(sizeText(pdf.bytes, frame.lang)) : isLong ? w.pdfLong : w.pdfMaking}
      {...reloads}
    >
      {pdf === null && <Waiting frame={frame} protocolId={protocolId} isLong={isLong} />}
      <div class="acts">
        {pdf !== null && (
          <a class="button" href={`/card/protocols/${protocolId}.pdf`} download>
            <Icon name="doc" />
            {w.download(sizeText(pdf.bytes, frame.lang))}
          </a>
        )}
        <button class="button quiet scripted" type="button" data-print>
          <Icon name="print" />
          {w.print}
        </button>
      </div>
    </div>
  );
}

function Waiting({ frame, protocolId, isLong }: Pick<PdfStateProps, 'frame' | 'protocolId'> & { readonly isLong: boolean }) {
  const w = wordsOf(frame.lang).card;
  return isLong ? (
    <Notice tone="info" icon="clock" lead={w.pdfLong} text={w.pdfLongText}>
      <p>
        <a href={`/card/protocols/${protocolId}`}>{w.pdfReload}</a>
      </p>
    </Notice>
  ) : (
    <Notice tone="info" icon="clock" lead={w.pdfMaking} text={w.pdfMakingText} />
  );
}

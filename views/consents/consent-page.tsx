// One document in full, as it is signed: letterhead, text, version and the checksum of its Russian text. Only the document is printed.
import { documentDateOf, momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { ConsentDocument } from '../../workflows/rules/consent.ts';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Notice } from '../parts/notice.tsx';
import { Rich } from '../parts/rich.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';

export interface ConsentPageProps {
  readonly frame: Frame;
  readonly document: ConsentDocument;
}

export function ConsentPage({ frame, document }: ConsentPageProps) {
  const { lang, clinic } = frame;
  const w = wordsOf(lang).consents;
  const version = w.version(document.version, documentDateOf(document.publishedAt, clinic.zone, lang));
  return (
    <Layout frame={frame} title={document.title[lang]} current={null}>
      <Crumb href="/consents">{w.back}</Crumb>
      {document.signedAt !== null && <Signed frame={frame} at={document.signedAt} />}
      <article class="paper">
        <div class="letterhead">
          <span>
            {clinic.legalName}
            <br />
            {clinic.address}
          </span>
          <span>{version}</span>
        </div>
        <h1>{document.title[lang]}</h1>
        {document.body[lang].split(/\n+/).map(paragraph => (
          <Paragraph text={paragraph} />
        ))}
        <p class="small muted">
          {version}. {w.hash}: {document.hash}
        </p>
      </article>
      <p class="small muted">{w.printHow}</p>
    </Layout>
  );
}

/** A block of the document: `## ` starts a section, `- ` is a list item, other text is a paragraph. */
function Paragraph({ text }: { readonly text: string }) {
  const lines = text.trim().split('\n');
  if (lines[0]?.startsWith('## ')) {
    const rest = lines.slice(1).join('\n');
    return (
      <section>
        <h2>{lines[0].slice(3)}</h2>
        {rest && <Paragraph text={rest} />}
      </section>
    );
  }
  if (lines.every(line => line.startsWith('- ')))
    return (
      <ul>
        {lines.map(line => (
          <li>{line.slice(2)}</li>
        ))}
      </ul>
    );
  return <p>{lines.join(' ')}</p>;
}

function Signed({ frame, at }: { readonly frame: Frame; readonly at: number }) {
  const time = (
    <Time frame={frame} at={at}>
      {momentOf(at, frame)}
    </Time>
  );
  return (
    <Notice tone="ok" icon="done">
      <p>
        <Rich text={wordsOf(frame.lang).consents.signedAt} fill={{ time }} />
      </p>
    </Notice>
  );
}

// «Как увидит пациент»: the unsigned text as a document, in its own tab.
import { Layout } from '../layout.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { Paper, type PaperProps } from './paper.tsx';

export type PreviewPageProps = PaperProps;

export function PreviewPage(props: PreviewPageProps) {
  const w = wordsOf(props.frame.lang).protocol;
  return (
    <Layout frame={props.frame} title={w.previewTitle} current="desk" staff>
      <h1>{w.previewTitle}</h1>
      <Notice tone="info" icon="info" text={w.previewLead} />
      <Paper {...props} />
    </Layout>
  );
}

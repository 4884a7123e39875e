// The page at the address of the QR code. The token is in the fragment of the address, which no browser sends to a server, so no log has it; the script
// of the page posts it (views/islands/fragment.ts).
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

export function HandoverOpenPage({ frame }: { readonly frame: Frame }) {
  const w = wordsOf(frame.lang).handover;
  return (
    <Layout frame={frame} title={w.title} current={null} solo>
      <h1>{w.title}</h1>
      <form class="stack" method="post" action="/handover" data-fragment="token">
        <input type="hidden" name="token" />
        <p>{w.opening}</p>
        <button class="button big wide">{w.open}</button>
      </form>
      <noscript>
        <p>{w.needsScript}</p>
      </noscript>
    </Layout>
  );
}

// What a page with the editor adds to the head and the end of the body: the island and what it is told.
import type { Frame } from '../model.ts';
import type { EditorView } from './protocol-view.ts';
import { protocolSetupOf } from './setup.ts';

export const ProtocolScript = ({ frame }: { readonly frame: Frame }) => (
  <script type="module" src={frame.assets.protocol} nonce={frame.nonce} defer />
);

/** Data, not a script: the policy lets it stand, and `<` may not end it early. */
export function ProtocolData({ frame, view }: { readonly frame: Frame; readonly view: EditorView }) {
  const json = JSON.stringify(protocolSetupOf(frame, view)).replaceAll('<', '\\u003c');
  return <script type="application/json" id="protocol-setup" dangerouslySetInnerHTML={{ __html: json }} />;
}

// What a room's page adds to the head and the end of the body: the island and what it is told.
import type { Frame } from '../model.ts';
import type { RoomView } from './room-view.ts';
import { setupOf } from './setup.ts';

export const RoomScript = ({ frame }: { readonly frame: Frame }) => (
  <script type="module" src={frame.assets.room} nonce={frame.nonce} defer />
);

/** Data, not a script: the policy lets it stand, and `<` may not end it early. */
export function RoomData({ frame, view }: { readonly frame: Frame; readonly view: RoomView }) {
  const json = JSON.stringify(setupOf(frame, view)).replaceAll('<', '\\u003c');
  return <script type="application/json" id="room-setup" data-setup dangerouslySetInnerHTML={{ __html: json }} />;
}

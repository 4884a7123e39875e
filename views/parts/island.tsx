// A page's island, browser code of its own: the script, and what the page tells it.
import type { Frame } from '../model.ts';

export interface IslandScriptProps {
  readonly frame: Frame;
  readonly name: 'room' | 'check' | 'protocol';
}

export const IslandScript = ({ frame, name }: IslandScriptProps) => (
  <script type="module" src={frame.assets[name]} nonce={frame.nonce} defer />
);

export interface IslandSetupProps {
  /** A room's page tells its check too, in the one place. */
  readonly id: 'setup' | 'protocol-setup';
  readonly setup: object;
}

/** Data, not a script: the policy lets it stand, and `<` may not end it early. */
export const IslandSetup = ({ id, setup }: IslandSetupProps) => (
  <script type="application/json" id={id} dangerouslySetInnerHTML={{ __html: JSON.stringify(setup).replaceAll('<', '\\u003c') }} />
);

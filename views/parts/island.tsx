// A page's own script, and the data that the page passes to it.
import type { Frame } from '../model.ts';

export interface IslandScriptProps {
  readonly frame: Frame;
  readonly name: 'room' | 'check' | 'protocol';
}

export const IslandScript = ({ frame, name }: IslandScriptProps) => (
  <script type="module" src={frame.assets[name]} nonce={frame.nonce} defer />
);

export interface IslandSetupProps {
  /** A room's page uses `setup` for the data of its check too. */
  readonly id: 'setup' | 'protocol-setup';
  readonly setup: object;
}

/** This is data, so the content security policy allows it; `<` is escaped so that the text cannot close the element. */
export const IslandSetup = ({ id, setup }: IslandSetupProps) => (
  <script type="application/json" id={id} dangerouslySetInnerHTML={{ __html: JSON.stringify(setup).replaceAll('<', '\\u003c') }} />
);

// One document that a person consents to, with the viewer's signature. Used by worker/data/consents.ts and the consent pages.
import type { Bilingual } from './lang.ts';

export interface ConsentDocument {
  readonly id: string;
  readonly kind: 'personalData' | 'informedConsent' | 'offer';
  readonly version: number;
  readonly title: Bilingual;
  readonly summary: Bilingual;
  readonly without: Bilingual;
  readonly body: Bilingual;
  /** SHA-256 of the Russian text, hex. */
  readonly hash: string;
  readonly publishedAt: number;
  /** When the viewer signed this version and has not withdrawn it; null otherwise. */
  readonly signedAt: number | null;
}

// What stands on a protocol's paper: facts only, gathered by the activity that prints it. The same document always gives the same bytes.
import type { Interval } from '../../workflows/rules/interval.ts';
import type { Guard, ProtocolContent } from '../../workflows/rules/protocol.ts';
import type { Bilingual } from '../../workflows/rules/lang.ts';

export interface Letterhead {
  readonly name: string;
  readonly legalName: string;
  readonly licence: string;
  readonly address: string;
  readonly phone: string;
  /** IANA zone of the clinic's clock, on which every instant of the paper is told. */
  readonly zone: string;
}

export interface ProtocolDocument {
  readonly clinic: Letterhead;
  /** `birthDate` is YYYY-MM-DD. */
  readonly patient: { readonly name: string; readonly birthDate: string | null };
  readonly doctor: { readonly name: string; readonly specialty: Bilingual; readonly registryId: string };
  readonly visit: {
    readonly booked: Interval;
    /** When both were there for the first time; null when they never met by video. */
    readonly metAt: number | null;
    readonly endedAt: number;
    readonly togetherMinutes: number;
  };
  readonly version: number;
  /** Why this version follows another, and when the first one was signed. */
  readonly amendment: { readonly reason: string; readonly firstAt: number } | null;
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  readonly content: ProtocolContent;
  /** Whether the law let the doctor diagnose and prescribe. */
  readonly guard: Guard;
  /** The JSON that was signed, byte for byte; it travels inside the file. */
  readonly canonical: string;
  readonly signature: {
    readonly name: string;
    readonly at: number;
    /** SHA-256 of `canonical`, hex. */
    readonly contentHash: string;
    /** The doctor's certificate, when a signing service signs the file; null when the simple signature stands alone. */
    readonly certificate: Certificate | null;
  };
  /** Where anybody checks this paper, and the code alone. */
  readonly verification: { readonly address: string; readonly code: string };
}

/** As much of a certificate as a reader of the paper can compare. */
export interface Certificate {
  readonly owner: string;
  /** Hex. */
  readonly serial: string;
  readonly validUntil: number;
}

// The facts printed in a protocol's PDF, collected by worker/protocol/render.ts. The same document always gives the same bytes.
import type { Interval } from '../../workflows/rules/interval.ts';
import type { Guard, ProtocolContent } from '../../workflows/rules/protocol.ts';
import type { Bilingual } from '../../workflows/rules/lang.ts';

export interface Letterhead {
  readonly name: string;
  readonly legalName: string;
  readonly licence: string;
  readonly address: string;
  readonly phone: string;
  /** IANA zone of the clinic; every time in the document is in this zone. */
  readonly zone: string;
}

export interface ProtocolDocument {
  readonly clinic: Letterhead;
  /** `birthDate` is YYYY-MM-DD. */
  readonly patient: { readonly name: string; readonly birthDate: string | null };
  readonly doctor: { readonly name: string; readonly specialty: Bilingual; readonly registryId: string };
  readonly visit: {
    readonly booked: Interval;
    /** When both were in the call for the first time, ms; null when they never met. */
    readonly metAt: number | null;
    readonly endedAt: number;
    readonly togetherMinutes: number;
  };
  readonly version: number;
  /** Why this version amends another, and when the first was signed (ms). */
  readonly amendment: { readonly reason: string; readonly firstAt: number } | null;
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  readonly content: ProtocolContent;
  /** Whether the law permitted a diagnosis and a prescription. */
  readonly guard: Guard;
  /** The signed JSON, byte for byte; it is attached to the file. */
  readonly canonical: string;
  readonly signature: {
    readonly name: string;
    readonly at: number;
    /** SHA-256 of `canonical`, hex. */
    readonly contentHash: string;
    /** The doctor's certificate when a signing service signs the file; null with the simple signature only. */
    readonly certificate: Certificate | null;
  };
  /** The address where anybody can verify the document, and its code. */
  readonly verification: { readonly address: string; readonly code: string };
}

/** The part of a certificate that a reader can compare. */
export interface Certificate {
  readonly owner: string;
  /** Hex. */
  readonly serial: string;
  readonly validUntil: number;
}

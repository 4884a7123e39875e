// The data of the pages of a refund claim. Instants are ms, sums minor units.
import type { ClaimMistake, ClaimTyped } from '../../workflows/rules/claim-form.ts';
import type { Grounds } from '../../workflows/rules/claim-rule.ts';
import type { ClaimFacts, ClaimState } from '../../workflows/rules/claim-state.ts';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import type { FileMistake } from '../../workflows/rules/file-contents.ts';
import type { FileType } from '../../workflows/rules/file.ts';
import type { FieldError } from '../model.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

/** What stands above the form: a saved draft, a shown one, or what kept a change from being saved. */
export type FormNote = 'draftSaved' | 'draftShown' | 'stale' | 'over';

export interface ClaimFormView {
  /** Where the form is sent. */
  readonly action: string;
  readonly consultationId: string;
  readonly startsAt: number;
  readonly doctor: Doctor;
  readonly paid: ApplicationFacts['paid'];
  readonly offer: ApplicationFacts['offer'];
  readonly child: string | null;
  readonly email: string;
  readonly availableMinor: number;
  readonly needsAccount: boolean;
  /** How long both were in the call, ms; null when there was no call to attach. */
  readonly togetherMs: number | null;
  /** The rule will grant it at once. */
  readonly granted: Grounds | null;
  readonly typed: ClaimTyped;
  readonly mistakes: readonly ClaimMistake[];
  readonly note: FormNote | null;
  readonly requestKey: string;
  /** The claim that is being changed, and the version of its form that the page shows; null for a new one. */
  readonly changes: { readonly id: string; readonly number: string; readonly base: number; readonly last4: string | null } | null;
}

export interface ClaimView {
  readonly id: string;
  readonly number: string;
  readonly state: ClaimState;
  readonly facts: ClaimFacts;
  readonly consultationId: string;
  readonly startsAt: number;
  readonly isByRule: boolean;
  /** With the token. */
  readonly address: string;
  readonly email: string;
  readonly form: { readonly version: number; readonly at: number; readonly body: ApplicationFacts; readonly last4: string | null };
  readonly decision: { readonly at: number; readonly reason: string; readonly isByRule: boolean } | null;
  readonly signatures: readonly { readonly version: number; readonly way: 'code' | 'upload' | 'letter'; readonly at: number }[];
  readonly questions: readonly { readonly at: number; readonly text: string }[];
  readonly files: readonly {
    readonly id: string;
    readonly at: number;
    readonly name: string;
    readonly type: FileType;
    readonly bytes: number;
    readonly source: 'upload' | 'letter';
    readonly isRemoved: boolean;
  }[];
  readonly refunds: readonly {
    readonly minor: number;
    readonly via: 'provider' | 'manual';
    readonly askedAt: number;
    readonly settledAt: number | null;
    readonly refusedAt: number | null;
    readonly receipt: { readonly document: string; readonly storage: string; readonly attribute: string } | null;
  }[];
}

/** What the page of a claim shows of an act that has just been done. */
export interface ClaimAct {
  /** A code was sent; what was typed into its field. */
  readonly code: string | null;
  readonly errors: readonly FieldError[];
  readonly upload: ClaimUploadEnd | null;
}

export type ClaimUploadEnd = FileMistake | 'kept' | 'claimIsFull';

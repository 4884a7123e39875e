// The application of a claim: the facts frozen on it, and its PDF, which is printed once, stored under its hash, and is what the code signs. Called by the
// routes of claims.
import { wordsOf } from '../../views/words.ts';
import type { Clinic } from '../../workflows/rules/clinic.ts';
import { clockOf } from '../../views/wall-clock.ts';
import { claimAddress, type ClaimSettings } from '../../workflows/rules/clinic-setting.ts';
import type { ClaimAnswer } from '../../workflows/rules/claim-form.ts';
import { togetherMsOf } from '../../workflows/rules/claim-rule.ts';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { type Attendance, attributed, type Fault, passportEndOf, passportOf } from '../../workflows/rules/passport.ts';
import { applicationKey } from '../data/file-keys.ts';
import type { Claimed } from '../data/claim-basis.ts';
import { formPrinted } from '../data/claim-signing.ts';
import type { OwnClaim } from '../data/own-claims.ts';
import type { Ports } from '../money/payments.ts';
import { addDays, clinicDay, dateIn } from '../booking/zone.ts';
import { CLAIM_DAYS } from '../../workflows/rules/claim-moments.ts';

export interface ApplicationBasis {
  readonly claimed: Claimed;
  readonly paid: ApplicationFacts['paid'];
  readonly attendances: readonly Attendance[];
  readonly faults: readonly Fault[];
  readonly settings: ClaimSettings;
}

/** The end of the tenth day, counted from the day after the demand on the clinic's calendar. */
export const dueAtOf = (demandedAt: number, zone: string): number =>
  clinicDay(addDays(dateIn(zone, demandedAt), CLAIM_DAYS), zone).instantOf(24 * 60);

/** What is printed. The number is empty: the database gives it. */
export function applicationOf(
  basis: ApplicationBasis,
  answer: ClaimAnswer,
  as: { readonly token: string; readonly version: number },
  { clinic, now }: { readonly clinic: Clinic; readonly now: number },
): ApplicationFacts {
  const { claimed, paid, settings } = basis;
  const { consultation } = claimed;
  const { doctor, facts } = consultation;
  const account = answer.account;
  return {
    number: '',
    version: as.version,
    madeAt: now,
    zone: clinic.zone,
    clinic: {
      legalName: clinic.legalName,
      address: clinic.address,
      inn: settings.inn,
      ogrn: settings.ogrn,
      head: settings.head,
      claimsAddress: claimAddress(settings.claimsAddress, as.token),
    },
    claimant: {
      name: claimed.name,
      email: consultation.email,
      phone: answer.phone,
      address: answer.address,
    },
    child: claimed.child,
    offer: claimed.offer,
    consultation: {
      id: consultation.id,
      doctor: `${doctor.givenName.ru} ${doctor.familyName.ru}`,
      startsAt: facts.startsAt,
      endsAt: facts.endsAt,
    },
    paid,
    amountMinor: answer.amountMinor,
    currency: 'RUB',
    reason: answer.reason,
    text: answer.text,
    via: answer.via,
    account: account && { holder: account.holder, bank: account.bank, bic: account.bic, last4: account.account.slice(-4) },
    call: answer.call ? callOf(basis, clinic.zone, now) : null,
  };
}

/** Of so many faults an application has room for. */
const FAULTS = 4;

/** What the passport of the call shows, in the language of the application. */
export function callOf({ claimed, attendances, faults }: ApplicationBasis, zone: string, now: number): ApplicationFacts['call'] {
  const { facts } = claimed.consultation;
  const passport = passportOf(facts, attendances, faults, passportEndOf(facts, now));
  const { faultKinds, faultSides, faultUnknown } = wordsOf('ru').passport;
  const shown = attributed(faults).slice(0, FAULTS);
  const nameOf = (kind: string): string => (kind in faultKinds ? faultKinds[kind as keyof typeof faultKinds] : faultUnknown);
  return {
    togetherMs: togetherMsOf(passport),
    faults: shown.map(({ at, side, kind }) => `${clockOf(at, zone)} ${nameOf(kind)} (${faultSides[side].toLowerCase()})`),
  };
}

/** The PDF of the latest form and its SHA-256 (hex). Printed when it is first needed. */
export async function printed(
  ports: Ports,
  files: R2Bucket,
  claim: Pick<OwnClaim, 'id' | 'form'>,
): Promise<{ readonly sha256: string; readonly bytes: ArrayBuffer }> {
  const { key, sha256, version, body } = claim.form;
  const stored = key === null ? null : await files.get(key);
  if (stored !== null && sha256 !== null) return { sha256, bytes: await stored.arrayBuffer() };
  const bytes = await drawn(body, new URL(`/refund-claims/${claim.id}`, ports.world.settings.PUBLIC_URL).href);
  const hash = hexOf(await crypto.subtle.digest('SHA-256', bytes));
  // What was signed is what had this hash. Another edition of the program may draw the same facts differently.
  if (sha256 !== null && sha256 !== hash) throw new Error('The application that was signed is not in the store.');
  await files.put(applicationKey(claim.id, hash), bytes, { httpMetadata: { contentType: 'application/pdf' }, sha256: hash });
  await formPrinted(ports.db, { claimId: claim.id, version, sha256: hash, key: applicationKey(claim.id, hash) });
  return { sha256: hash, bytes: bytes.buffer };
}

/** worker/documents/press.ts is imported here, so that no page has to load it. */
const drawn = async (facts: ApplicationFacts, page: string): Promise<Uint8Array<ArrayBuffer>> =>
  Uint8Array.from(await (await import('../documents/press.ts')).printApplication(facts, page));

export const hexOf = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const TOKEN_CHARS = 26;

/** 130 random bits for the address of a claim. Lower case, because mail programs change capital letters. */
export const newToken = (): string =>
  [...crypto.getRandomValues(new Uint8Array(TOKEN_CHARS))].map(byte => BASE32.charAt(byte % BASE32.length)).join('');

// The activity renderProtocol: makes the PDF of a signed protocol, has it signed if the clinic has a signing service, and stores it in R2
// under its hash. Repeated or concurrent calls leave one file. Results and errors contain no text of the protocol. Called by
// worker/routes/machines/activities.ts.
import type { Certificate, ProtocolDocument } from '../documents/protocol-document.ts';
import { passportOf } from '../../workflows/rules/passport.ts';
import { guardAtSigning } from '../../workflows/rules/protocol.ts';
import { dateOf } from '../../views/format.ts';
import { sha256 } from '../auth/seal.ts';
import { type Answers, ask } from '../data/db.ts';
import { attendanceRead } from '../data/attendance.ts';
import { clinicRead } from '../data/clinic.ts';
import { protocolFileKey } from '../data/file-keys.ts';
import { ofProtocol } from '../data/which.ts';
import { keepRendition, type Printable, printableRead, type Rendition, visitsRead } from '../data/renditions.ts';
import type { Ports } from '../money/payments.ts';
import { newId } from '../data/ids.ts';
import { failRendering, keepSignature, type KeptSignature, releaseRendering, takeRendering } from '../data/renderings.ts';
import { type SignaturePort, SignatureUnavailable } from '../providers/signature/port.ts';
import { signedTextOf } from './signed-content.ts';
import type { Activities } from '../../workflows/activities.ts';

export class UnknownProtocol extends Error {
  override readonly name = 'UnknownProtocol';
}

/** The stored content is not what was signed, so no PDF is made. */
export class AlteredProtocol extends Error {
  override readonly name = 'AlteredProtocol';
}

type Order = Parameters<Activities['renderProtocol']>[0];
type Rendered = Awaited<ReturnType<Activities['renderProtocol']>>;

export async function renderProtocol(ports: Ports, files: R2Bucket, { protocolId }: Order): Promise<Rendered> {
  const { printable, ...facts } = await ask(ports.db, readsOf(protocolId));
  if (!printable) throw new UnknownProtocol(protocolId);
  if (printable.isRendered) return { kind: 'already' };
  const { signature } = ports.world;
  try {
    const sheet = (certificate: Certificate | null) => documentOf(printable, facts, certificate, ports.world.settings.PUBLIC_URL);
    if (signature === null) return await stored(ports, files, protocolId, { bytes: await drawn(await sheet(null)), qualified: null });
    return await signedOnce(ports, protocolId, async kept => {
      const certificate = kept?.certificate ?? (await signature.certificateOf(printable.doctor.id, ports.now));
      const printed = await signedFile(
        ports,
        { protocolId, doctorId: printable.doctor.id, signature, kept },
        await sheet(certificate),
        certificate,
      );
      return await stored(ports, files, protocolId, printed);
    });
  } catch (error) {
    if (error instanceof AlteredProtocol) await failRendering(ports.db, protocolId, error.name, ports.now);
    throw error;
  }
}

/** One call at a time has the doctor's signature made, so that retries and doubled attempts do not sign again. */
async function signedOnce(ports: Ports, protocolId: string, act: (kept: KeptSignature | null) => Promise<Rendered>): Promise<Rendered> {
  const taker = newId();
  const taken = await takeRendering(ports.db, protocolId, taker, ports.now);
  if (taken === null) throw new SignatureUnavailable('Another call is making this PDF.');
  try {
    return await act(taken.kept);
  } finally {
    await releaseRendering(ports.db, protocolId, taker);
  }
}

interface Printed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly qualified: Rendition['qualified'];
}

/** Stores the file and its row. */
async function stored(ports: Ports, files: R2Bucket, protocolId: string, { bytes, qualified }: Printed): Promise<Rendered> {
  const hash = hexOf(await crypto.subtle.digest('SHA-256', bytes));
  // The file is stored before its row: a row without a file would be a broken link.
  await files.put(protocolFileKey(hash), bytes, { httpMetadata: { contentType: 'application/pdf' }, sha256: hash });
  const standing = await keepRendition(ports.db, { protocolId, hash, bytes: bytes.length, qualified } satisfies Rendition, ports.now);
  if (standing === hash) return { kind: 'rendered' };
  // An earlier call stored another signed file, and that one is valid. Without a signing service both files have the same hash, and this
  // line is not reached.
  await files.delete(protocolFileKey(hash));
  return { kind: 'already' };
}

const readsOf = (protocolId: string) => ({
  printable: printableRead(protocolId),
  attendances: attendanceRead(ofProtocol(protocolId)),
  visits: visitsRead(protocolId),
  clinic: clinicRead(),
});

type Facts = Omit<Answers<ReturnType<typeof readsOf>>, 'printable'>;

async function documentOf(p: Printable, facts: Facts, certificate: Certificate | null, publicUrl: string): Promise<ProtocolDocument> {
  const { clinic, attendances, visits } = facts;
  const text = signedTextOf(p.content);
  if (text === null || (await sha256(p.content)) !== p.contentHash) throw new AlteredProtocol('The content is not what was signed.');
  const { metAt, togetherMinutes } = passportOf(p, attendances, [], p.concludedAt);
  return {
    clinic: { ...clinic, name: clinic.name.ru },
    patient: p.patient,
    doctor: p.doctor,
    visit: { booked: { startsAt: p.startsAt, endsAt: p.endsAt }, metAt, endedAt: p.concludedAt, togetherMinutes },
    version: p.version,
    amendment: p.reason === null ? null : { reason: p.reason, firstAt: p.firstAt },
    ...text,
    guard: guardAtSigning(visits, dateOf(p.startsAt, clinic.zone), p.signedAt),
    canonical: p.content,
    signature: { name: p.doctor.name, at: p.signedAt, contentHash: p.contentHash, certificate },
    verification: { address: new URL(`/verify/${p.verifyCode}`, publicUrl).href, code: p.verifyCode },
  };
}

/** worker/documents/press.ts is imported here, so that no page has to load it. */
const pressOf = () => import('../documents/press.ts');

async function drawn(document: ProtocolDocument): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await (await pressOf()).printProtocol(document));
}

interface SigningOrder {
  readonly protocolId: string;
  readonly doctorId: string;
  readonly signature: SignaturePort;
  readonly kept: KeptSignature | null;
}

/** The file with the doctor's signature: a kept one of the same bytes, or a new one, which is kept before anything else can fail. */
async function signedFile(ports: Ports, order: SigningOrder, document: ProtocolDocument, certificate: Certificate): Promise<Printed> {
  const { protocolId, doctorId, signature, kept } = order;
  const press = await pressOf();
  const slot = press.openSlot(await press.printProtocol(document));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', slot.signed));
  if (kept !== null && kept.digest !== base64Of(digest)) {
    // The pages are drawn differently since a deploy, so the kept signature is of another file.
    await keepSignature(ports.db, protocolId, null);
    throw new SignatureUnavailable('The kept signature is of another file.');
  }
  const cms = kept ? bytesOf(kept.cms) : await signature.sign({ doctorId, serial: certificate.serial, sha256: digest });
  const bytes = press.fillSlot(slot, cms);
  if (!kept) await keepSignature(ports.db, protocolId, { certificate, digest: base64Of(digest), cms: base64Of(cms) });
  return { bytes, qualified: { cms: base64Of(cms), signedBy: `${certificate.owner}, ${certificate.serial}` } };
}

const hexOf = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');
const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), character => character.charCodeAt(0));

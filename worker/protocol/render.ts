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
import type { SignaturePort } from '../providers/signature/port.ts';
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
  const certificate = signature ? await signature.certificateOf(printable.doctor.id, ports.now) : null;
  const document = await documentOf(printable, facts, certificate, ports.world.settings.PUBLIC_URL);
  const { bytes, cms } = await printed(document, printable.doctor.id, signature);

  const hash = hexOf(await crypto.subtle.digest('SHA-256', bytes));
  // The file is stored before its row: a row without a file would be a broken link.
  await files.put(protocolFileKey(hash), bytes, { httpMetadata: { contentType: 'application/pdf' }, sha256: hash });
  const qualified = cms && certificate ? { cms: base64Of(cms), signedBy: `${certificate.owner}, ${certificate.serial}` } : null;
  const standing = await keepRendition(ports.db, { protocolId, hash, bytes: bytes.length, qualified } satisfies Rendition, ports.now);
  if (standing === hash) return { kind: 'rendered' };
  // A concurrent call stored another signed file, and that one is valid. Without a signing service both files have the same hash, and this
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

interface Printed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly cms: Uint8Array | null;
}

/** worker/documents/press.ts is imported here, so that no page has to load it. */
async function printed(document: ProtocolDocument, doctorId: string, service: SignaturePort | null): Promise<Printed> {
  const press = await import('../documents/press.ts');
  const drawn = await press.printProtocol(document);
  const { certificate } = document.signature;
  if (!service || !certificate) return { bytes: drawn, cms: null };
  const slot = press.openSlot(drawn);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', slot.signed));
  const cms = await service.sign({ doctorId, serial: certificate.serial, sha256: digest });
  return { bytes: press.fillSlot(slot, cms), cms };
}

const hexOf = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');
const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

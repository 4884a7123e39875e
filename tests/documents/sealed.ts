// Makes a printed protocol with a signature of a signing service in it, as the activity does.
import { createHash } from 'node:crypto';
import type { ProtocolDocument } from '../../worker/documents/protocol-document.ts';
import type { SignaturePort } from '../../worker/providers/signature/port.ts';
import type { Press } from './print-shop.ts';

export async function sealed(press: Press, service: SignaturePort, document: ProtocolDocument, doctorId: string): Promise<Uint8Array> {
  const certificate = await service.certificateOf(doctorId, Date.now());
  const slot = press.openSlot(await press.printProtocol({ ...document, signature: { ...document.signature, certificate } }));
  const sha256 = Uint8Array.from(createHash('sha256').update(slot.signed).digest());
  return press.fillSlot(slot, await service.sign({ doctorId, serial: certificate.serial, sha256 }));
}

// What the stand's SFU does to every packet: the RFC's own example, werift's SRTP as the other end, and data that is not a packet.
import fc from 'fast-check';
import { RtpHeader as WeriftHeader, RtpPacket as WeriftPacket, SrtpSession } from 'werift';
import { describe, expect, test } from 'vitest';
import { headerEnd, readHeader, type RtpHeader, unwrapped, writeHeader } from '../../stand/calls/rtp.ts';
import { Srtp } from '../../stand/calls/srtp.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const headers = fc.record({
  marker: fc.boolean(),
  payloadType: fc.integer({ min: 96, max: 127 }),
  sequenceNumber: fc.nat(0xffff),
  timestamp: fc.nat(0xffffffff),
  ssrc: fc.integer({ min: 1, max: 0xffffffff }),
  extensions: fc.array(
    fc.record({
      id: fc.integer({ min: 1, max: 14 }),
      payload: fc.uint8Array({ minLength: 1, maxLength: 16 }).map(array => Buffer.from(array)),
    }),
    { maxLength: 5 },
  ),
}) satisfies fc.Arbitrary<RtpHeader>;
const payloads = fc.uint8Array({ maxLength: 1200 }).map(array => Buffer.from(array));

/** Our end and werift's, over the same keys. */
function ends(): { ours: Srtp; theirs: SrtpSession } {
  const [ourKey, theirKey] = [Buffer.alloc(16, 7), Buffer.alloc(16, 9)];
  const [ourSalt, theirSalt] = [Buffer.alloc(12, 3), Buffer.alloc(12, 5)];
  const keys = { localMasterKey: theirKey, localMasterSalt: theirSalt, remoteMasterKey: ourKey, remoteMasterSalt: ourSalt };
  const theirs = new SrtpSession({ keys, profile: 7 });
  return { ours: new Srtp(theirs.localContext, theirs.remoteContext), theirs };
}

const sealedByWerift = (theirs: SrtpSession, header: RtpHeader, payload: Buffer) =>
  theirs.encrypt(payload, new WeriftHeader({ ...header, extension: header.extensions.length > 0, extensions: [...header.extensions] }));

test('RFC 7714, 16.1.1, both ways', () => {
  const keys = { srtpSessionKey: bytes('000102030405060708090a0b0c0d0e0f'), srtpSessionSalt: bytes('517569642070726f2071756f') };
  const header = { marker: false, payloadType: 64, sequenceNumber: 0xf17b, timestamp: 0x8041f8d3, ssrc: 0x5501a0b2, extensions: [] };
  const sealed = bytes(
    '8040f17b8041f8d35501a0b2 f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833 899d7f27beb16a9152cf765ee4390cce',
  );

  expect(new Srtp(keys, keys).seal(header, Buffer.from('Gallia est omnis divisa in partes tres')).toString('hex')).toBe(
    sealed.toString('hex'),
  );
  expect(new Srtp(keys, keys).open(sealed)).toEqual({ header, payload: Buffer.from('Gallia est omnis divisa in partes tres') });
});

test('werift opens what we seal, and we what werift seals', () => {
  fc.assert(
    fc.property(headers, payloads, (header, payload) => {
      const { ours, theirs } = ends();

      const opened = WeriftPacket.deSerialize(theirs.decrypt(ours.seal(header, payload)));
      expect(opened.header).toMatchObject({ ...header, extensions: header.extensions });
      expect(opened.payload.equals(payload)).toBe(true);
      expect(ours.open(sealedByWerift(theirs, header, payload))).toEqual({ header, payload });
    }),
  );
});

test('a source that runs over its sequence numbers is followed, also out of order', () => {
  const { ours, theirs } = ends();
  const header = { marker: false, payloadType: 96, timestamp: 1, ssrc: 5, extensions: [] };
  const sealed = [0xfffe, 0xffff, 0, 1, 2].map(sequenceNumber =>
    sealedByWerift(theirs, { ...header, sequenceNumber }, Buffer.from([sequenceNumber & 0xff])),
  );

  const opened = [0, 2, 1, 4, 3].map(at => ours.open(sealed[at] ?? Buffer.alloc(0))?.header.sequenceNumber);

  expect(opened).toEqual([0xfffe, 0, 0xffff, 2, 1]);
  for (const sequenceNumber of [0xfffe, 0xffff, 0, 1, 2])
    expect(theirs.decrypt(ours.seal({ ...header, sequenceNumber }, Buffer.from('x'))).at(-1)).toBe('x'.charCodeAt(0));
});

describe('nothing comes of', () => {
  test('a packet with any bit turned', () => {
    fc.assert(
      fc.property(headers, payloads, fc.nat(), (header, payload, at) => {
        const { ours, theirs } = ends();
        const sealed = sealedByWerift(theirs, header, payload);
        const place = at % (sealed.length * 8);
        sealed[place >> 3] = (sealed[place >> 3] ?? 0) ^ (1 << (place & 7));

        expect(ours.open(sealed)).toBeUndefined();
      }),
    );
  });

  test('bytes that are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), array => {
        expect(ends().ours.open(Buffer.from(array))).toBeUndefined();
      }),
    );
  });
});

describe('a header', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(headers, header => {
        const written = writeHeader(header);

        expect(headerEnd(written)).toBe(written.length);
        expect(readHeader(written, written.length)).toEqual(header);
      }),
    );
  });

  test('leaves behind what its short form cannot hold', () => {
    const extensions = [
      { id: 15, payload: Buffer.alloc(1) },
      { id: 3, payload: Buffer.alloc(17) },
      { id: 2, payload: Buffer.from([9]) },
    ];
    const written = writeHeader({ marker: true, payloadType: 96, sequenceNumber: 1, timestamp: 2, ssrc: 3, extensions });

    expect(readHeader(written, written.length).extensions).toEqual([{ id: 2, payload: Buffer.from([9]) }]);
  });

  test('with extensions in the long form, and with sources that contributed, is read too', () => {
    const long = bytes('91600001 00000002 00000003 000000aa 10000002 1f03 010203 00 0000');
    expect(readHeader(long, headerEnd(long) ?? 0)).toMatchObject({ ssrc: 3, extensions: [{ id: 31, payload: bytes('010203') }] });
  });

  test.each(['', '80', '406000010000000200000003', '906000010000000200000003bede00ff', '8f6000010000000200000003'])(
    'is not found in %s',
    hex => expect(headerEnd(bytes(hex))).toBeUndefined(),
  );
});

test('numbers go on over their wrap, and stay behind when they are late', () => {
  expect([unwrapped(65_535, 0), unwrapped(65_536, 0xffff), unwrapped(3, 0xfff0), unwrapped(70_000, 5_000)]).toEqual([
    65_536, 65_535, -16, 70_536,
  ]);
});

// What a file may contain, by its bytes, and what of it is handed on.
import { zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { inspectUpload } from '../../worker/files/inspect.ts';
import { inspect } from '../../workflows/rules/file-contents.ts';
import { PDF_PAGES } from '../../workflows/rules/pdf-contents.ts';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), character => character.charCodeAt(0));
const latin = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0));
const textOf = (bytes: Uint8Array) => Array.from(bytes, byte => String.fromCharCode(byte)).join('');
const upload = (bytes: Uint8Array<ArrayBuffer>) => inspectUpload(new File([bytes], 'file'));
const kept = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> => {
  const inspected = await upload(bytes);
  if (inspected.kind !== 'fine') throw new Error(inspected.kind);
  return inspected.bytes;
};

/** 4 × 2 pixels with an arrow, Exif orientation 6. */
const ARROW = bytesOf(
  '/9j/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAALCABIAEABAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAAPwDrgAAAAHkD18AAPIA9fAAeQAAAAAAAPX3kAAAD18PIA9fAAAeQPXwAAAAA/9k=',
);
/** A PDF behind a byte order mark. */
const BOM_PDF = bytesOf(
  '77u/JVBERi0xLjQKJeLjz9MKMSAwIG9iago8PCAvVHlwZSAvQ2F0YWxvZyAvUGFnZXMgMiAwIFIgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL1R5cGUgL1BhZ2VzIC9LaWRzIFszIDAgUl0gL0NvdW50IDEgPj4KZW5kb2JqCjMgMCBvYmoKPDwgL1R5cGUgL1BhZ2UgL1BhcmVudCAyIDAgUiAvTWVkaWFCb3ggWzAgMCA1OTUgODQyXSAvQ29udGVudHMgNCAwIFIgL1Jlc291cmNlcyA8PCAvRm9udCA8PCAvRiA1IDAgUiA+PiA+PiA+PgplbmRvYmoKNCAwIG9iago8PCAvTGVuZ3RoIDQ4ID4+CnN0cmVhbQpCVCAvRiAyNCBUZiA3MiA3MjAgVGQgKFRyaWFsOiBibG9vZCBjb3VudCkgVGogRVQKZW5kc3RyZWFtCmVuZG9iago1IDAgb2JqCjw8IC9UeXBlIC9Gb250IC9TdWJ0eXBlIC9UeXBlMSAvQmFzZUZvbnQgL0hlbHZldGljYSA+PgplbmRvYmoKeHJlZgowIDYKMDAwMDAwMDAwMCA2NTUzNSBmIAowMDAwMDAwMDE1IDAwMDAwIG4gCjAwMDAwMDAwNjQgMDAwMDAgbiAKMDAwMDAwMDEyMSAwMDAwMCBuIAowMDAwMDAwMjQ2IDAwMDAwIG4gCjAwMDAwMDAzNDQgMDAwMDAgbiAKdHJhaWxlcgo8PCAvU2l6ZSA2IC9Sb290IDEgMCBSID4+CnN0YXJ0eHJlZgo0MTQKJSVFT0YK',
);
const png = (width: number, height: number, ...chunks: string[]) => {
  const head = new Uint8Array(33);
  head.set(bytesOf('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'));
  new DataView(head.buffer).setUint32(16, width);
  new DataView(head.buffer).setUint32(20, height);
  return Uint8Array.from([...head, ...chunks.flatMap(chunk => [...latin(chunk)]), ...bytesOf('AAAAAElFTkSuQmCC')]);
};
const chunk = (name: string, body: string) => `\0\0\0${String.fromCharCode(body.length)}${name}${body}CRC!`;
/** JPEG segments after the start; `marker` as its low byte. */
const segment = (marker: number, body: string) => `\xff${String.fromCharCode(marker)}\0${String.fromCharCode(body.length + 2)}${body}`;
const withSegments = (...segments: string[]) => latin(`\xff\xd8${segments.join('')}${textOf(ARROW).slice(2)}`);

describe('a picture', () => {
  test('of 30,000 × 30,000 pixels is refused by its header', async () => {
    expect(await upload(png(30_000, 30_000))).toEqual({ kind: 'tooManyPixels' });
    expect(inspect(png(30_000, 30_000), null)).toEqual({ kind: 'tooManyPixels' });
    expect((await upload(png(10_000, 6_000))).kind).toBe('fine');
    expect((await upload(png(10_000, 6_001))).kind).toBe('tooManyPixels');
  });

  test('keeps its orientation and loses place, device, texts and what follows its end', async () => {
    const given = withSegments(
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0 GPS 55.75 N'),
      segment(0xed, 'Photoshop 3.0 Moscow'),
      segment(0xfe, 'Made by Phone 15'),
      segment(0xe2, 'MPF\0 second picture'),
      segment(0xe2, 'ICC_PROFILE\0\x01\x01 colours'),
    );
    const clean = textOf(await kept(Uint8Array.from([...given, ...latin('a film with a place')])));

    for (const word of ['GPS', 'Moscow', 'Phone', 'MPF', 'film', 'adobe.com']) expect(clean, word).not.toContain(word);
    expect(clean).toContain('ICC_PROFILE');
    expect(clean).toContain('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06');
    expect(clean.endsWith('\xff\xd9')).toBe(true);
  });

  test('that is clean stays as it is after a second look', async () => {
    const clean = await kept(Uint8Array.from(ARROW));

    expect(await kept(Uint8Array.from(clean))).toEqual(clean);
  });

  test('of PNG loses its texts, its time and its Exif', async () => {
    const clean = textOf(await kept(png(1, 1, chunk('tEXt', 'Comment\0Moscow'), chunk('eXIf', 'GPS'), chunk('gAMA', '1234'))));

    for (const word of ['tEXt', 'Moscow', 'eXIf', 'GPS']) expect(clean, word).not.toContain(word);
    expect(clean).toContain('gAMA1234');
  });

  test('without a header that says its size is none', async () => {
    expect((await upload(latin('\xff\xd8\xff\xe0garbage'))).kind).toBe('type');
    expect((await upload(bytesOf('iVBORw0KGgo='))).kind).toBe('type');
  });
});

describe('a PDF', () => {
  const pdf = (...objects: string[]) => latin(`%PDF-1.7\n${objects.map((body, i) => `${i + 1} 0 obj\n${body}\nendobj`).join('\n')}\n%%EOF`);
  const packed = (objects: string, dictionary = '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', gap = ' ') =>
    `<< ${dictionary} >>${gap}stream\n${textOf(zlibSync(latin(objects)))}\nendstream`;
  const NUMBERS = Array.from({ length: 20_000 }, (_, i) => i * i).join(' ');
  const SCRIPT = '<< /S /JavaScript /JS (app.alert(1)) >>';

  test('behind a byte order mark is one', async () => {
    expect((await upload(BOM_PDF)).kind).toBe('fine');
  });

  test.each([
    ['a script', '<< /S /JavaScript /JS (app.alert(1)) >>'],
    ['a script with its name spelt in codes', '<< /S /J#61vaScript >>'],
    ['a program', '<< /S /Launch /F (cmd.exe) >>'],
    ['a file inside', '<< /Names << /EmbeddedFiles 3 0 R >> >>'],
    ['a password', '<< /Encrypt 5 0 R >>'],
  ])('with %s is refused, in a compressed part too', async (_, object) => {
    expect(await upload(pdf(object))).toEqual({ kind: 'pdfActive' });
    expect(await upload(pdf(packed(`7 0 ${object}`)))).toEqual({ kind: 'pdfActive' });
  });

  test.each([
    ['a type spelt in codes', packed(`5 0 ${SCRIPT}`, '/Type /Obj#53tm /N 1 /First 4 /Filter /FlateDecode')],
    ['no type', packed(`5 0 ${SCRIPT}`, '/N 1 /First 4 /Filter /FlateDecode')],
    ['a text in its dictionary', packed(`5 0 ${SCRIPT}`, '/Type /ObjStm /X (obj) /N 1 /First 4 /Filter /FlateDecode')],
    ['a comment before it', packed(`5 0 ${SCRIPT}`, undefined, ' %c\n')],
    ['another filter than it seems', packed('5 0 <<>>', '/N 1 /First 4 /Filter /FlateDecode /Filter /LZWDecode')],
    ['a filter named as another’s value', packed('5 0 <<>>', '/N 1 /First 4 /X /Filter /FlateDecode 1')],
    ['a filter inside another dictionary', packed('5 0 <<>>', '/N 1 /First 4 /X << /Filter /FlateDecode >>')],
    ['a predictor', packed('5 0 <<>>', '/N 1 /First 4 /Filter /FlateDecode /DecodeParms << /Predictor 12 >>')],
    ['what looks like a stream', packed(`5 9 <<>> stream\n${SCRIPT} endstream`)],
    ['an end that comes too early', packed(NUMBERS).replace(/.{1000}\nendstream/s, '\nendstream')],
  ])('whose compressed part has %s is refused', async (_, object) => {
    expect(await upload(pdf(object))).toEqual({ kind: 'pdfActive' });
  });

  test.each([
    ['behind a comment that looks like a stream', `<<>>\nendobj\n%>>stream\n5 0 obj\n${SCRIPT}\nendobj\n%endstream\n6 0 obj 1`],
    ['in a stream', `<< /Length 9 >> stream\n5 0 obj ${SCRIPT} endobj\nendstream`],
    ['in a stream, behind many spaces', `<< /Length 9 >> stream\n5${' '.repeat(99)}0 obj ${SCRIPT} endobj\nendstream`],
    ['in a stream, behind a comment', `<< /Length 9 >> stream\n5 0 % c\nobj ${SCRIPT} endobj\nendstream`],
    ['in a text', `(5 0 obj << /Type /ObjStm >> endobj)`],
    ['in a comment', `<<>> % 5 0 obj << /Type /ObjStm >> endobj\n`],
    ['after a stream that ends twice', '<< /Length 9 >> stream\nendstream \x8f\x02 endstream'],
    ['in brackets that do not close', '<< /A [ >>'],
    ['in a text that does not end', '<< /A (b'],
    ['in letters that belong to no PDF', '<<>> \x90\x91'],
  ])('that may hide an object %s is refused', async (_, object) => {
    expect(await upload(pdf(object))).toEqual({ kind: 'pdfActive' });
    expect(inspect(pdf(object), null)).toEqual({ kind: 'pdfActive' });
  });

  test('may be written in every way that programs write', async () => {
    const plain = '<< /A (a \\) (b) obj) /B <0a 0B> /C [1 -.5 null true 2 0 R] /D#20E /F>> % made by hand';
    const picture = '<< /Length 3 /Filter [/DCTDecode] >>\r\nstream\r\n(<<\nendstream';
    const objects = packed('5 0 6 9 <</A 1>> [/B(c)]', '/Length 9 0 R/Type/ObjStm/N 2/First 8/Extends 3 0 R/Filter[/FlateDecode]', '\n');
    const table = 'xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /ID [<00><01>] >>\nstartxref\n9\n%%EOF\n';

    expect((await upload(latin(`${textOf(pdf(plain, picture, objects, '1endobj'))}\n${table}`))).kind).toBe('fine');
  });

  test('may hold anything inside its pictures', async () => {
    expect((await upload(pdf('<< /Length 12 >> stream\n/JS (x) /Launch\nendstream'))).kind).toBe('fine');
  });

  test('whose compressed objects cannot be opened, or fill the memory, is refused', async () => {
    expect((await upload(pdf('<< /Type /ObjStm /Filter /LZWDecode >> stream\nnonsense\nendstream'))).kind).toBe('pdfActive');
    expect((await upload(pdf(packed(' '.repeat(9 * 1024 * 1024))))).kind).toBe('pdfActive');
  });

  test('has at most twenty pages', async () => {
    const pages = (count: number) => pdf('<< /Type /Pages >>', ...Array.from({ length: count }, () => '<< /Type /Page /Parent 1 0 R >>'));

    expect((await upload(pages(PDF_PAGES))).kind).toBe('fine');
    expect((await upload(pages(PDF_PAGES + 1))).kind).toBe('tooManyPages');
    expect((await upload(pdf(packed('<< /Type/Page >>'.repeat(PDF_PAGES + 1))))).kind).toBe('tooManyPages');
    expect((await upload(pdf(...Array.from({ length: PDF_PAGES + 1 }, () => '<< /Type %c\n/P#61ge >>')))).kind).toBe('tooManyPages');
  });
});

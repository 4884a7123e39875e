// The English words of verify.ru.ts.
import type { VerifyWords } from './verify.ru.ts';

export const verifyEn: VerifyWords = {
  title: 'Check a record',
  lead: 'Enter the code from the printed record: it stands beside the QR code.',
  code: 'Code',
  codeHint: '26 letters and digits; dashes and spaces do not matter',
  check: 'Check the record',

  unknown: 'There is no such record',
  unknownText: 'The clinic has signed no record with this code. Compare it with the paper: it has 26 letters and digits.',
  unknownPhone: 'If the code is right, call the clinic:',

  authentic: 'The record with this code is signed.',
  authenticText: 'By whom and when stands below. Compare it with what is on the paper.',
  amended: moment => `The record was amended on ${moment}.`,
  amendedText: 'This version is kept and authentic, but it is not the last one.',
  signedAt: 'Signed',
  doctor: 'Doctor',
  registry: 'Number in the register of medical workers',
  version: 'Version',
  versionOf: n => (n === 1 ? '1, the first' : `${n}, an amendment`),
  signature: 'Signature',
  simple: 'The doctor’s simple electronic signature',
  qualified: owner => `Enhanced qualified electronic signature. Certificate: ${owner}`,
  contentHash: 'Checksum of the text, SHA-256',

  file: 'Compare a PDF file',
  fileText: 'The file is authentic when its checksum is the same as this one.',
  fileHash: 'Checksum of the file, SHA-256',
  choose: 'File of the record',
  chooseHint: 'The file is sent nowhere: your browser compares it.',
  same: 'The file is authentic: the checksums are the same.',
  other: 'This is another file, or it was changed: the checksums differ.',
  failed: 'The browser could not read the file. Count its checksum yourself and compare it with the one above.',
  noFile: 'The PDF file is being made.',
  noFileText: 'It usually takes a minute. Reload the page.',

  nothingMedical: 'There is neither the patient’s name nor anything medical here: only the patient and the doctor see those.',
};

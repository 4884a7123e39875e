// The English words of dossier.ru.ts. No dossier is printed from them, but both languages must have all words.
import type { DossierWords } from './dossier.ru.ts';

export const dossierEn: DossierWords = {
  title: number => `Dossier of the claim ${number}`,
  made: (clinic, when) => `${clinic}. Made ${when}`,
  contents: 'Contents',
  onPage: page => `p. ${page}`,
  application: version => `Application, version ${version}`,
  sheet: (n, name) => `Picture ${n}: ${name}`,
  page: (n, all) => `sheet ${n} of ${all}`,
  hash: sha256 => `SHA-256 of the file: ${sha256}`,
  unreadable: 'the file cannot be read, see the claim’s page',
  tooLarge: 'the file is too large for the dossier, see the claim’s page',
  gone: 'the file is not in the store',
  notIn: 'not included',
  course: 'Course and decision',
  call: 'Record of the call',
  money: 'Money and receipts',
  left: sum => `left at the clinic ${sum}`,
  letters: 'Letters about the claim',
  none: 'None.',
  foot: number => `Dossier of the claim ${number}`,
  pageOf: (page, pages) => `page ${page} of ${pages}`,
};

// Words of the dossier of a claim, a document for the bookkeeper or a court, printed only in Russian. What it shares with the claim's screen is in finance.ru.ts.
export const dossierRu = {
  title: (number: string) => `Досье заявления ${number}`,
  made: (clinic: string, when: string) => `${clinic}. Составлено ${when}`,
  contents: 'Содержание',
  onPage: (page: number) => `стр. ${page}`,
  application: (version: number) => `Заявление, версия ${version}`,
  sheet: (n: number, name: string) => `Снимок ${n}: ${name}`,
  page: (n: number, all: number) => `лист ${n} из ${all}`,
  hash: (sha256: string) => `SHA-256 файла: ${sha256}`,
  unreadable: 'файл не читается, см. на странице заявления',
  tooLarge: 'файл слишком велик для досье, см. на странице заявления',
  gone: 'файла нет в хранилище',
  notIn: 'не вошёл',
  course: 'Ход дела и решение',
  call: 'Журнал связи',
  money: 'Деньги и чеки',
  left: (sum: string) => `остаток у клиники ${sum}`,
  letters: 'Письма о заявлении',
  none: 'Нет.',
  foot: (number: string) => `Досье заявления ${number}`,
  pageOf: (page: number, pages: number) => `страница ${page} из ${pages}`,
};

export type DossierWords = typeof dossierRu;

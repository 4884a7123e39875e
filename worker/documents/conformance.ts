// Metadata of a file: PDF/A-3a and PDF/UA-1, its language, title and dates. paper.ts opens every document with it.

export interface Imprint {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly at: number;
}

export const MARGINS = { top: 60, bottom: 60, left: 56.7, right: 42.5 } as const;
const MAKER = 'Кабинет клиники';

export const optionsOf = ({ title, author, subject, at }: Imprint) => ({
  size: 'A4',
  margins: MARGINS,
  bufferPages: true,
  autoFirstPage: false,
  font: null,
  pdfVersion: '1.7',
  subset: 'PDF/A-3a',
  tagged: true,
  lang: 'ru-RU',
  displayTitle: true,
  info: {
    Title: plain(title),
    Author: plain(author),
    Subject: plain(subject),
    CreationDate: new Date(at),
    ModDate: new Date(at),
    Producer: MAKER,
    Creator: MAKER,
  },
});

/** pdfkit writes these values into XML unescaped, so markup is replaced. */
const plain = (text: string): string =>
  text
    .replaceAll('&', 'и')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ');

/** PDF/A only knows the schemas it lists, so the PDF/UA identifier needs its own description (ISO 19005-3, 6.6.2.3). */
export const PDF_UA = `
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
  <pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
  <pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>`;

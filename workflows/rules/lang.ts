// The two languages of the interface, and a text that exists in both.

export type Lang = 'ru' | 'en';

export type Bilingual = { readonly ru: string; readonly en: string };

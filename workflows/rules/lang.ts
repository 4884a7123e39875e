// The two languages of every screen, and a text that stands in both.

export type Lang = 'ru' | 'en';

export type Bilingual = { readonly ru: string; readonly en: string };

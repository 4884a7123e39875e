// A person as initials and lines of text. There are no pictures until the clinic has portraits.
import type { ComponentChildren } from 'preact';
import { capital } from '../format.ts';
import type { Lang } from '../../workflows/rules/lang.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export const doctorName = (doctor: Doctor, lang: Lang): string => `${doctor.givenName[lang]} ${doctor.familyName[lang]}`;

/** «Борис Примеров, терапевт», «…, ЛОР-врач»: the first letter of the specialty becomes small unless it starts an abbreviation. */
export const doctorTitle = (doctor: Doctor, lang: Lang): string =>
  `${doctorName(doctor, lang)}, ${doctor.specialty.name[lang].replace(/^\p{Lu}(?=\p{Ll})/u, letter => letter.toLowerCase())}`;

/** «Терапевт, стаж 18 лет». */
export const doctorTrade = (doctor: Doctor, lang: Lang): string => `${capital(doctor.specialty.name[lang])}, ${doctor.experience[lang]}`;

export interface PersonProps {
  readonly given: string;
  readonly family: string;
  readonly large?: boolean;
  readonly children: ComponentChildren;
}

export function Person({ given, family, large, children }: PersonProps) {
  return (
    <div class="person">
      <Face given={given} family={family} size={large ? 'l' : null} />
      <div>{children}</div>
    </div>
  );
}

export function Face({ given, family, size }: { readonly given: string; readonly family: string; readonly size: 's' | 'l' | null }) {
  return (
    <span class={size ? `face ${size}` : 'face'} aria-hidden="true">
      {given.charAt(0) + family.charAt(0)}
    </span>
  );
}

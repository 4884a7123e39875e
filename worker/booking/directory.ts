// The clinic's directory in the memory of an isolate. It is read again with a page when it is five seconds old, so most pages ask D1 only
// for personal data. Holds are never cached: whether an interval is free is read each time.
import type { Directory } from '../data/doctors.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';
import { memory } from './memory.ts';

const FRESH_MS = 5_000;

export const directory = memory<Directory>(FRESH_MS);

export const doctorIn = ({ doctors }: Directory, id: string): Doctor | undefined => doctors.find(doctor => doctor.id === id);

/** Doctors of a specialty (null for any) whose name, in either language, contains every word of the search; case and ё are ignored. */
export function doctorsFitting({ doctors }: Directory, specialty: string | null, name: string): Doctor[] {
  const words = folded(name).split(' ').filter(Boolean).slice(0, 4);
  return doctors.filter(
    doctor => (specialty === null || doctor.specialty.id === specialty) && words.every(word => nameOf(doctor).includes(word)),
  );
}

const nameOf = ({ familyName, givenName }: Doctor): string => folded([familyName.ru, givenName.ru, familyName.en, givenName.en].join(' '));

const folded = (text: string): string => text.toLocaleLowerCase('ru').replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();

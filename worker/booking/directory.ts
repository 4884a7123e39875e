// The clinic's directory in the memory of an isolate. It is read again with a page when it is five seconds old, so most pages ask D1 only
// for personal data. Holds are never cached: whether an interval is free is read each time.
import type { Database } from '../data/db.ts';
import type { Directory } from '../data/doctors.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

const FRESH_MS = 5_000;

const kept = new WeakMap<Database, { readonly directory: Directory; readonly at: number }>();

/** The cached directory; null when it must be read again. */
export function freshDirectory(db: Database, now: number): Directory | null {
  const found = kept.get(db);
  return found && found.at <= now && now < found.at + FRESH_MS ? found.directory : null;
}

export function keepDirectory(db: Database, directory: Directory, now: number): Directory {
  kept.set(db, { directory, at: now });
  return directory;
}

export const doctorIn = (directory: Directory, id: string): Doctor | undefined => directory.doctors.find(doctor => doctor.id === id);

/** Doctors of a specialty (null for any) whose name, in either language, contains every word of the search; case and ё are ignored. */
export function doctorsFitting(directory: Directory, specialty: string | null, name: string): Doctor[] {
  const words = folded(name).split(' ').filter(Boolean).slice(0, 4);
  return directory.doctors.filter(
    doctor => (specialty === null || doctor.specialty.id === specialty) && words.every(word => nameOf(doctor).includes(word)),
  );
}

const nameOf = ({ familyName, givenName }: Doctor): string => folded([familyName.ru, givenName.ru, familyName.en, givenName.en].join(' '));

const folded = (text: string): string => text.toLocaleLowerCase('ru').replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();

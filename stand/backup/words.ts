// What a backup holds, in a sentence. Printed by backup.ts and restore.ts.
import type { Manifest } from './manifest.ts';

export function inWords({ madeAt, rows, rooms, files, migrations }: Manifest): string {
  const all = Object.values(rows).reduce((sum, n) => sum + n, 0);
  const visits = rows['consultation'] ?? 0;
  return `${counted(all, 'row')} of ${counted(Object.keys(rows).length, 'table')}, among them ${counted(visits, 'consultation')}; ${counted(files.count, 'file')} with ${counted(files.bytes, 'byte')}; ${counted(rooms, 'room')}; made ${madeAt} with the schema ${migrations.at(-1)}.`;
}

const counted = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

// The index inside the archive of a card: an HTML page that opens from a disk without the internet, and the same list as CSV for a
// spreadsheet.
import { documentDateOf, momentOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

/** One line of the list. `path` is the file's path in the archive; null when the file is not in it. */
export interface ArchiveLine {
  readonly at: number;
  readonly what: string;
  readonly doctor: string;
  readonly version: number | null;
  readonly path: string | null;
  /** Why it is not in the archive, in words; null when it is. */
  readonly missing: string | null;
}

export interface ArchiveIndexProps {
  readonly frame: Frame;
  readonly owner: string;
  readonly protocols: readonly ArchiveLine[];
  readonly files: readonly ArchiveLine[];
}

export function ArchiveIndex({ frame, owner, protocols, files }: ArchiveIndexProps) {
  const w = wordsOf(frame.lang).card;
  const made = w.archiveMade(owner, momentOf(frame.now, frame));
  return (
    <html lang={frame.lang}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{w.archiveTitle}</title>
      </head>
      <body>
        <main>
          <h1>{w.archiveTitle}</h1>
          <p>{made}</p>
          <p>
            {frame.clinic.legalName}, {frame.clinic.phone}
          </p>
          <h2>{w.archiveProtocols}</h2>
          {protocols.length === 0 ? <p>{w.archiveNoProtocols}</p> : <Lines frame={frame} lines={protocols} />}
          <h2>{w.archiveFiles}</h2>
          {files.length === 0 ? <p>{w.archiveNoFiles}</p> : <Lines frame={frame} lines={files} />}
        </main>
      </body>
    </html>
  );
}

function Lines({ frame, lines }: { readonly frame: Frame; readonly lines: readonly ArchiveLine[] }) {
  const w = wordsOf(frame.lang).card;
  return (
    <ul>
      {lines.map(({ at, what, doctor, version, path, missing }) => {
        const said = [what, doctor, version !== null && version > 1 ? w.archiveVersion(version) : ''].filter(Boolean).join(', ');
        return (
          <li>
            {documentDateOf(at, frame.clinic.zone, frame.lang)}: {path === null ? said : <a href={addressIn(path)}>{said}</a>}
            {missing !== null && ` (${missing})`}
          </li>
        );
      })}
    </ul>
  );
}

const addressIn = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** The same list as CSV (RFC 4180), with the byte order mark by which Excel detects UTF-8. */
export function archiveCsv({ frame, protocols, files }: Omit<ArchiveIndexProps, 'owner'>): string {
  const w = wordsOf(frame.lang).card;
  const rows = [...protocols, ...files].map(({ at, what, doctor, version, path, missing }) => [
    documentDateOf(at, frame.clinic.zone, frame.lang),
    what,
    doctor,
    version === null ? '' : String(version),
    path ?? '',
    missing ?? w.archiveReady,
  ]);
  return `\ufeff${[w.archiveColumns, ...rows].map(row => row.map(cell).join(';')).join('\r\n')}\r\n`;
}

/** Adds an apostrophe to text that begins like a formula, so that a spreadsheet does not execute it. */
const cell = (text: string): string => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

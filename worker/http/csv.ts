// A table as a file that Russian spreadsheets open: semicolons, a byte order mark, lines that end with CR LF (RFC 4180). csv-stringify does the same; its
// types bring Node's into the Worker.

/** A spreadsheet takes a cell that begins with one of these signs for a formula, so it gets an apostrophe. */
const FORMULA = /^[=+\-@\t\r]/;

const cellOf = (value: string | number | null): string => {
  const text = value === null ? '' : typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `\ufeff${rows.map(row => `${row.map(cellOf).join(';')}\r\n`).join('')}`;

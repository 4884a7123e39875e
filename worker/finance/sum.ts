// Parses a sum in roubles as people type it. Called by worker/routes/finance/.

/** «1 500,50» → 150050; null when it is no sum of money. At most a hundred million roubles. */
export function minorIn(typed: string): number | null {
  const [, roubles = '', kopecks = ''] = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(typed.replace(/[\s₽]/g, '')) ?? [];
  return roubles === '' ? null : Number(roubles) * 100 + Number(kopecks.padEnd(2, '0'));
}

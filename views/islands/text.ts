// Text that an island makes by itself: a sentence with its places filled, and a clock.

/** Puts a value in each `{place}`; a place without one stays as it is. */
export const fill = (text: string, places: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));

/** Writes instants, ms, as «14:03» on the clock of a zone. */
export function clockIn(zone: string): (at: number) => string {
  const clock = new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit', timeZone: zone });
  return at => clock.format(at);
}

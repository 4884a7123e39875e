// Text made in the browser: a sentence with values filled in, and a clock. Used by the islands of the room, the check and the protocol.

/** Puts a value in each `{place}`; a place without one stays as it is. */
export const fill = (text: string, places: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));

/** Returns a function that writes an instant, ms, as «14:03» in this time zone. */
export function clockIn(zone: string): (at: number) => string {
  const clock = new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit', timeZone: zone });
  return at => clock.format(at);
}

// Sends this device's time zone to the server in a cookie, so that pages can show both clocks. The first page is drawn without it. Called
// by main.ts.
const YEAR_SECONDS = 365 * 24 * 3600;

export function tellZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || document.cookie.split('; ').includes(`zone=${encodeURIComponent(zone)}`)) return;
  document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=${YEAR_SECONDS}; SameSite=Lax`;
}

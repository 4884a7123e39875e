// Tells the server this device's zone by a cookie, so that pages can show both clocks. The first page is drawn without it.
const YEAR_SECONDS = 365 * 24 * 3600;

export function tellZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || document.cookie.split('; ').includes(`zone=${encodeURIComponent(zone)}`)) return;
  document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=${YEAR_SECONDS}; SameSite=Lax`;
}

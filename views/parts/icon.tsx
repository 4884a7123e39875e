// The icons of the design (24 grid), inlined where they are used, so that a page contains only the icons it shows.

const ICONS = {
  video: '<rect x="2.5" y="6" width="12.5" height="12" rx="2.5"/><path d="m15 10.5 6-3v9l-6-3"/>',
  calendar: '<rect x="3.5" y="5" width="17" height="15.5" rx="2.5"/><path d="M3.5 10h17M8 2.8V7m8-4.2V7"/>',
  card: '<path d="M5.5 3h9l4 4v14h-13z"/><path d="M12 10v7m-3.5-3.5h7"/>',
  help: '<circle cx="12" cy="12" r="9"/><path d="M9.4 9.6a2.6 2.6 0 1 1 3.7 2.3c-.8.4-1.1.9-1.1 1.7M12 16.9v.1"/>',
  user: '<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20.5c.8-4 3.8-5.7 7.5-5.7s6.7 1.7 7.5 5.7"/>',
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  done: '<circle cx="12" cy="12" r="9"/><path d="m8 12.3 2.8 2.8L16 9.7"/>',
  stop: '<circle cx="12" cy="12" r="9"/><path d="m9 9 6 6m0-6-6 6"/>',
  alert: '<path d="M12 4 2.8 19.8h18.4z"/><path d="M12 10v4.5m0 2.4v.1"/>',
  info: '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5m0-8.9v.1"/>',
  lock: '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
  net: '<path d="M4 17v3m5.3-7v7m5.4-11v11M20 4v16"/>',
  right: '<path d="m9 5 7 7-7 7"/>',
  left: '<path d="m15 5-7 7 7 7"/>',
  search: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
  doc: '<path d="M5.5 3h9l4 4v14h-13z"/><path d="M9 11h6m-6 4h6"/>',
  print: '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z"/>',
  back: '<path d="M4 9h10.5a5.5 5.5 0 0 1 0 11H8M4 9l4.5-4.5M4 9l4.5 4.5"/>',
  mail: '<rect x="3" y="5.5" width="18" height="13.5" rx="2"/><path d="m3.5 7 8.5 6.5L20.5 7"/>',
  key: '<circle cx="8" cy="15" r="4.5"/><path d="m11.2 11.8 8.3-8.3M16 7l3 3"/>',
  refresh: '<path d="M20 5v5h-5M4 19v-5h5"/><path d="M19.5 10A8 8 0 0 0 5.7 7.4M4.5 14a8 8 0 0 0 13.8 2.6"/>',
  pause: '<path d="M8.5 5v14m7-14v14"/>',
  ruble: '<path d="M8 20V4h5.5a4.5 4.5 0 0 1 0 9H5.5m0 3.5H13"/>',
  shield: '<path d="M12 3 4.5 6v5.5c0 4.7 3 8 7.5 9.5 4.5-1.5 7.5-4.8 7.5-9.5V6z"/><path d="m8.8 11.8 2.3 2.3 4.2-4.2"/>',
  away: '<circle cx="10" cy="8.5" r="4"/><path d="M3 20.5c.8-4 3.6-5.7 7-5.7 1.5 0 2.9.3 4 1m2 0 5 5m0-5-5 5"/>',
  broken: '<path d="M3 3l18 18M5 17.5v2.5m5-6v6m5-3v3m5-16v9M15 9.5V11"/>',
  x: '<path d="M6 6l12 12M18 6 6 18"/>',
  mic: '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>',
  micOff:
    '<path d="M9 9v2.5a3 3 0 0 0 4.8 2.4M15 11V6a3 3 0 0 0-5.8-1M5.5 11.5a6.5 6.5 0 0 0 10 5.5m2.6-3a6.4 6.4 0 0 0 .4-2.5M12 18v3M4 4l16 16"/>',
  camera: '<rect x="2.5" y="6" width="12.5" height="12" rx="2.5"/><path d="m15 10.5 6-3v9l-6-3"/>',
  cameraOff:
    '<path d="M6.5 6h6a2.5 2.5 0 0 1 2.5 2.5v3M15 15.5a2.5 2.5 0 0 1-2.5 2.5H5a2.5 2.5 0 0 1-2.5-2.5v-7c0-.9.5-1.7 1.2-2.1M15 10.5l6-3v9l-3.5-1.7M3.5 3.5l17 17"/>',
  speaker: '<path d="M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4 4 0 0 1 0 6m2.5-8.5a7.5 7.5 0 0 1 0 11"/>',
  chat: '<path d="M4 5.5h16v11h-8.5L7 20v-3.5H4z"/>',
  clip: '<path d="m19 11-7.3 7.3a4.2 4.2 0 0 1-6-6l7.6-7.6a2.8 2.8 0 0 1 4 4l-7.5 7.5a1.4 1.4 0 0 1-2-2l6.7-6.7"/>',
  leave: '<path d="M14 4H6v16h8M10.5 12H21m-3.5-3.5L21 12l-3.5 3.5"/>',
  gear: '<circle cx="12" cy="12" r="3"/><path d="M12 3v3m0 12v3M3 12h3m12 0h3M5.6 5.6l2.1 2.1m8.6 8.6 2.1 2.1m0-12.8-2.1 2.1m-8.6 8.6-2.1 2.1"/>',
  send: '<path d="M4 12 20 4.5 15.5 20l-3.5-6.5z"/><path d="m12 13.5 4-4.5"/>',
  screen: '<rect x="3" y="4.5" width="18" height="12" rx="2"/><path d="M8.5 20h7M12 13.5v-5.5m-2.5 2.5L12 8l2.5 2.5"/>',
  full: '<path d="M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5"/>',
  phone: '<path d="M5 3.5h4l1.5 5-2.3 1.7a12 12 0 0 0 5.6 5.6l1.7-2.3 5 1.5v4c0 1-1 1.5-2 1.5C10.5 20 4 13.5 3.5 5.5c0-1 .5-2 1.5-2z"/>',
} as const;

export type IconName = keyof typeof ICONS;

export const ICON_NAMES = Object.keys(ICONS) as IconName[];

/** Decorative: there is always a word beside it. */
export function Icon({ name }: { readonly name: IconName }) {
  return <svg class="i" viewBox="0 0 24 24" aria-hidden="true" dangerouslySetInnerHTML={{ __html: ICONS[name] }} />;
}

/** The mark `[+)`: a half-open interval with a cross in it. */
export function Mark() {
  const inner = '<path d="M9 5H5v22h4"/><path d="M23 5c5.3 6 5.3 16 0 22" stroke-linecap="round"/><path d="M15 11v10m-5-5h10"/>';
  return (
    <svg
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      stroke-width="3"
      stroke-linecap="square"
      aria-hidden="true"
      dangerouslySetInnerHTML={{ __html: inner }}
    />
  );
}

// The kind of device behind a User-Agent: three words from closed lists. Called when a room pass is given (worker/routes/room/room.ts); the
// call's passport stores the words and never the header.

export const BROWSERS = ['chrome', 'safari', 'firefox', 'yandex', 'edge', 'other'] as const;
export const SYSTEMS = ['windows', 'macos', 'linux', 'android', 'ios', 'other'] as const;
/** A tablet is used like a phone and counts as one. */
export const DEVICE_KINDS = ['phone', 'computer'] as const;

export interface CallDevice {
  readonly browser: (typeof BROWSERS)[number];
  readonly system: (typeof SYSTEMS)[number];
  readonly kind: (typeof DEVICE_KINDS)[number];
}

/** Characters of the header that are read; no real browser sends more. */
const LONGEST = 600;

/**
 * The device behind a User-Agent. An iPad that asks for desktop pages sends the header of a Mac. Safari on it is reported as Safari on
 * macOS, because the two cannot be told apart; other browsers are recognised by their names for iOS.
 */
export function callDeviceOf(userAgent: string): CallDevice {
  const agent = userAgent.slice(0, LONGEST);
  const system = systemOf(agent);
  return { browser: browserOf(agent, system), system, kind: system === 'android' || system === 'ios' ? 'phone' : 'computer' };
}

function systemOf(agent: string): CallDevice['system'] {
  if (/\b(iPhone|iPad|iPod)\b|\b(CriOS|FxiOS|EdgiOS)\//.test(agent)) return 'ios';
  if (/\bAndroid\b/.test(agent)) return 'android';
  if (/\bWindows NT\b/.test(agent)) return 'windows';
  if (/\bMacintosh\b/.test(agent)) return 'macos';
  // ChromeOS also sends X11, but a reader of the passport would not expect it under Linux.
  return /\bLinux\b/.test(agent) && !/\bCrOS\b/.test(agent) ? 'linux' : 'other';
}

// All of them also send Chrome and Safari, so the rarer names are tested first. The browser window inside another app counts as «other».
const OTHERS = /\b(OPR|OPT|OPiOS|SamsungBrowser|Vivaldi|MiuiBrowser|HuaweiBrowser|UCBrowser|DuckDuckGo|GSA|Instagram|FBAN|FBAV)\b|; wv\)/;

function browserOf(agent: string, system: CallDevice['system']): CallDevice['browser'] {
  if (/\b(YaBrowser|YaSearchBrowser|YaApp_\w+)\//.test(agent)) return 'yandex';
  if (/\b(Edg|EdgA|EdgiOS)\//.test(agent)) return 'edge';
  if (OTHERS.test(agent)) return 'other';
  if (/\b(Firefox|FxiOS)\//.test(agent)) return 'firefox';
  if (/\b(Chrome|HeadlessChrome|CriOS)\//.test(agent)) return 'chrome';
  const isApple = system === 'ios' || system === 'macos';
  return isApple && /\bVersion\/.+\bSafari\//.test(agent) ? 'safari' : 'other';
}

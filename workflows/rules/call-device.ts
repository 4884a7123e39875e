// What kind of device a browser says it runs on: three words from closed lists, made of its User-Agent when a pass is given. The call's
// passport keeps the words and never the header.

export const BROWSERS = ['chrome', 'safari', 'firefox', 'yandex', 'edge', 'other'] as const;
export const SYSTEMS = ['windows', 'macos', 'linux', 'android', 'ios', 'other'] as const;
/** A tablet is held in the hand as a phone is, and counts as one. */
export const DEVICE_KINDS = ['phone', 'computer'] as const;

export interface CallDevice {
  readonly browser: (typeof BROWSERS)[number];
  readonly system: (typeof SYSTEMS)[number];
  readonly kind: (typeof DEVICE_KINDS)[number];
}

/** A header longer than any browser's own says nothing more. */
const LONGEST = 600;

/**
 * The device behind a User-Agent. An iPad asks for desktop pages and then calls itself a Mac: Safari there is told as Safari on macOS, which
 * nobody can tell apart; other browsers give themselves away by their names for iOS.
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
  // ChromeOS calls itself X11 too, and is no Linux to whoever asks what device it was.
  return /\bLinux\b/.test(agent) && !/\bCrOS\b/.test(agent) ? 'linux' : 'other';
}

// All of them say Chrome and Safari as well, so the rarer names are asked for first; a window inside another app is no browser of these.
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

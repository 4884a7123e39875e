// Real User-Agent strings of browsers, and the three words that are kept of them.
import { describe, expect, test } from 'vitest';
import { callDeviceOf } from '../../workflows/rules/call-device.ts';

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const IPAD = 'Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('a device', () => {
  test.each([
    ['Chrome on Windows', `${WINDOWS} ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`, 'chrome windows computer'],
    ['Chrome on a Mac', `${MAC} ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`, 'chrome macos computer'],
    ['Chrome on Linux', `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`, 'chrome linux computer'],
    [
      'Chrome without a window',
      `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/147.0.0.0 Safari/537.36`,
      'chrome linux computer',
    ],
    ['Chrome on Android', `${ANDROID} Chrome/142.0.0.0 Mobile Safari/537.36`, 'chrome android phone'],
    ['Chrome on an Android tablet', `${ANDROID} Chrome/142.0.0.0 Safari/537.36`, 'chrome android phone'],
    ['Chrome on an iPhone', `${IPHONE} CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1`, 'chrome ios phone'],
    [
      'Chrome on an iPad that asks for desktop pages',
      `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142 Version/11.1.1 Safari/605.1.15`,
      'chrome ios phone',
    ],
    [
      'Chrome on a Chromebook',
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`,
      'chrome other computer',
    ],
    ['Safari on an iPhone', `${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`, 'safari ios phone'],
    ['Safari on an iPad', `${IPAD} Version/18.1 Mobile/15E148 Safari/604.1`, 'safari ios phone'],
    ['Safari on a Mac', `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15`, 'safari macos computer'],
    // Exactly the string of Safari on a Mac: they cannot be told apart, and the page says «Mac или iPad».
    [
      'Safari on an iPad that asks for desktop pages',
      `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15`,
      'safari macos computer',
    ],
    ['Firefox on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0', 'firefox windows computer'],
    ['Firefox on Android', 'Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0', 'firefox android phone'],
    ['Firefox on an iPhone', `${IPHONE} FxiOS/144.0 Mobile/15E148 Safari/605.1.15`, 'firefox ios phone'],
    [
      'Yandex Browser on Windows',
      `${WINDOWS} ${WEBKIT} Chrome/138.0.0.0 YaBrowser/25.8.0.0 Yowser/2.5 Safari/537.36`,
      'yandex windows computer',
    ],
    [
      'Yandex Browser on Android',
      `${ANDROID} Chrome/138.0.7204.1137 YaBrowser/25.8.3.137.00 SA/3 Mobile Safari/537.36`,
      'yandex android phone',
    ],
    ['Yandex Browser on an iPhone', `${IPHONE} Version/18.0 YaBrowser/25.8.5.771.10 SA/3 Mobile/15E148 Safari/604.1`, 'yandex ios phone'],
    [
      'the app of Yandex',
      `${ANDROID.replace('; K', '; K; wv')} Version/4.0 Chrome/138 Mobile Safari/537.36 YaApp_Android/25.91 YaSearchBrowser/25.91`,
      'yandex android phone',
    ],
    ['Edge on Windows', `${WINDOWS} ${WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 'edge windows computer'],
    ['Edge on Android', `${ANDROID} Chrome/142.0.0.0 Mobile Safari/537.36 EdgA/142.0.0.0`, 'edge android phone'],
    ['Edge on an iPhone', `${IPHONE} Version/18.0 EdgiOS/142.0.3595.66 Mobile/15E148 Safari/604.1`, 'edge ios phone'],
    ['Opera', `${WINDOWS} ${WEBKIT} Chrome/141.0.0.0 Safari/537.36 OPR/125.0.0.0`, 'other windows computer'],
    ['Samsung Internet', `${ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, 'other android phone'],
    [
      'a window inside another app',
      `Mozilla/5.0 (Linux; Android 15; K; wv) ${WEBKIT} Version/4.0 Chrome/142 Mobile Safari/537.36`,
      'other android phone',
    ],
    ['an app on an iPhone', `${IPHONE} Mobile/15E148`, 'other ios phone'],
    ['a program', 'curl/8.5.0', 'other other computer'],
    ['nothing', '', 'other other computer'],
    ['a very long one', `${'x'.repeat(5000)} Windows NT Chrome/1`, 'other other computer'],
  ])('%s', (_, userAgent, words) => {
    const { browser, system, kind } = callDeviceOf(userAgent);

    expect(`${browser} ${system} ${kind}`).toBe(words);
  });
});

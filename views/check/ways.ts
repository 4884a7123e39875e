// Where each browser has the switches of the camera and the microphone, as data for the picture (Chrome «Сведения о сайте», Safari
// «Настройки веб-сайта», Firefox's permissions panel, Yandex Browser «Защита»).

export const BROWSERS = ['chrome', 'safari', 'firefox', 'yandex'] as const;
export type Browser = (typeof BROWSERS)[number];
export type Machine = 'phone' | 'desktop';

export interface Place {
  /** Where the address bar is; `menu` is the menu bar at the top of a Mac's screen. */
  readonly bar: 'top' | 'bottom' | 'menu';
  /** The icon to press there. */
  readonly sign: 'sliders' | 'lines' | 'shield' | 'lock' | 'camera' | 'word';
  /** What to press next, in the rows of the camera and the microphone. */
  readonly act: 'switch' | 'choice' | 'cross';
}

export const PLACES: Readonly<Record<Browser, Readonly<Record<Machine, Place>>>> = {
  chrome: {
    phone: { bar: 'top', sign: 'sliders', act: 'switch' },
    desktop: { bar: 'top', sign: 'sliders', act: 'switch' },
  },
  safari: {
    phone: { bar: 'bottom', sign: 'lines', act: 'choice' },
    desktop: { bar: 'menu', sign: 'word', act: 'choice' },
  },
  firefox: {
    phone: { bar: 'top', sign: 'shield', act: 'switch' },
    desktop: { bar: 'top', sign: 'camera', act: 'cross' },
  },
  yandex: {
    phone: { bar: 'bottom', sign: 'lock', act: 'switch' },
    desktop: { bar: 'top', sign: 'lock', act: 'switch' },
  },
};

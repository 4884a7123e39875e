// The places of the rail: where each leads, and whose it is. A new page for staff is an entry here and appears for those who have its act.
import { type Act, isOpen, may } from '../workflows/rules/may.ts';
import type { Role } from '../workflows/rules/person.ts';
import type { Frame } from './model.ts';
import type { IconName } from './parts/icon.tsx';
import { wordsOf, type Words } from './words.ts';

export type Place = 'online' | 'appointments' | 'card' | 'help' | 'desk' | 'refunds' | 'reconciliation' | 'letters' | 'settings';

interface PlaceRule {
  readonly href: string;
  readonly act: Act;
  /** In the patient's cabinet, at work, or in both. */
  readonly in: 'cabinet' | 'work' | 'both';
  readonly icon: (roles: readonly Role[]) => IconName;
  readonly label: (
    words: Words['frame'] & Pick<Words['finance'], 'queue' | 'settings'> & { readonly reconciliation: string },
    roles: readonly Role[],
  ) => string;
}

const isDoctor = (roles: readonly Role[]): boolean => may(roles, 'desk');

/** In the order of the rail. */
const PLACES: Readonly<Record<Place, PlaceRule>> = {
  online: { href: '/online', act: 'open', in: 'cabinet', icon: () => 'video', label: w => w.online },
  appointments: { href: '/appointments', act: 'signedIn', in: 'cabinet', icon: () => 'calendar', label: w => w.appointments },
  card: { href: '/card', act: 'signedIn', in: 'cabinet', icon: () => 'card', label: w => w.card },
  desk: {
    href: '/desk',
    act: 'workplace',
    in: 'work',
    icon: roles => (isDoctor(roles) ? 'calendar' : 'user'),
    label: (w, roles) => (isDoctor(roles) ? w.today : w.work),
  },
  refunds: { href: '/finance/claims', act: 'refunds', in: 'work', icon: () => 'ruble', label: w => w.queue },
  reconciliation: { href: '/finance/reconciliation', act: 'refunds', in: 'work', icon: () => 'check', label: w => w.reconciliation },
  letters: { href: '/finance/letters', act: 'letters', in: 'work', icon: () => 'mail', label: w => w.letters },
  settings: { href: '/finance/settings', act: 'settings', in: 'work', icon: () => 'gear', label: w => w.settings },
  help: { href: '/help', act: 'open', in: 'both', icon: () => 'help', label: w => w.help },
};

export interface PlaceLink {
  readonly place: Place;
  readonly href: string;
  readonly icon: IconName;
  readonly label: string;
  /** How many things wait there; 0 shows nothing. */
  readonly count: number;
}

/** The viewer's places, in the cabinet or at work. */
export function placesOf(frame: Frame, isWork: boolean): PlaceLink[] {
  const { frame: common, finance, reconciliation } = wordsOf(frame.lang);
  const words = { ...common, queue: finance.queue, settings: finance.settings, reconciliation: reconciliation.title };
  const roles = frame.viewer?.roles ?? [];
  return (Object.keys(PLACES) as Place[]).flatMap(place => {
    const { href, act, in: side, icon, label } = PLACES[place];
    const isHere = side === 'both' || side === (isWork ? 'work' : 'cabinet');
    if (!isHere || !(isOpen(act) || may(roles, act))) return [];
    const count = place === 'appointments' ? (frame.viewer?.upcoming ?? 0) : 0;
    return [{ place, href, icon: icon(roles), label: label(words, roles), count }];
  });
}

// The owner's settings of claims: requisites, the address, limits. Only what was changed becomes a new entry.
import { Hono } from 'hono';
import { SettingsPage } from '../../../views/index.ts';
import { dateOf } from '../../../views/format.ts';
import type { Mistake } from '../../../views/finance/parts.tsx';
import { type ClaimSettings, isInn, isOgrn, SETTING_KEYS, type SettingKey } from '../../../workflows/rules/clinic-setting.ts';
import { clinicDay, isDate } from '../../booking/zone.ts';
import { clinicSettingsRead, entersSettings, settingHistoryRead } from '../../data/clinic-settings.ts';
import { minorIn } from '../../finance/sum.ts';
import { countIn, formOf, lineIn, parameterOf } from '../../http/form.ts';
import { drawn, goTo, seeViewer } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import { addressIn } from '../../letters/address.ts';
import type { HonoEnv } from '../../world.ts';

export const financeSettings = new Hono<HonoEnv>()
  .get('/finance/settings', requires('settings'), async c => {
    const { frame, data } = await seeViewer(c, asker => ({ settings: clinicSettingsRead(asker.now), history: settingHistoryRead(asker) }));
    const said = parameterOf(c, 'said');
    return drawn(
      c,
      <SettingsPage
        frame={frame}
        values={shownOf(data.settings)}
        since={dateOf(c.var.now, frame.clinic.zone)}
        seen={data.history[0]?.id ?? 0}
        history={data.history}
        mistakes={[]}
        said={said === 'saved' || said === 'nothing' ? said : null}
      />,
    );
  })

  .post('/finance/settings', requires('settings'), async c => {
    const form = await formOf(c);
    const { frame, data, viewer } = await seeViewer(c, asker => ({
      settings: clinicSettingsRead(asker.now),
      history: settingHistoryRead(asker),
    }));
    const { zone } = frame.clinic;
    const typed = Object.fromEntries(SETTING_KEYS.map(key => [key, lineIn(form, key).slice(0, 254)])) as Record<SettingKey, string>;
    const since = lineIn(form, 'since').slice(0, 10);
    const today = dateOf(c.var.now, zone);
    const kept = SETTING_KEYS.map(key => ({ key, value: TAKES[key](typed[key]) }));
    const mistakes: Mistake[] = [
      ...kept.flatMap(({ key, value }) => (value === null ? [key] : [])),
      ...(isDate(since) && since >= today ? [] : (['since'] as const)),
    ];
    const page = (wrong: readonly Mistake[], said: 'stale' | null) => (
      <SettingsPage
        frame={frame}
        values={typed}
        since={since}
        seen={data.history[0]?.id ?? 0}
        history={data.history}
        mistakes={wrong}
        said={said}
      />
    );
    if (mistakes.length > 0) return drawn(c, page(mistakes, null), 422);
    const changed = kept.flatMap(({ key, value }) => (value === null || value === String(data.settings[key]) ? [] : [{ key, value }]));
    if (changed.length === 0) return goTo(c, '/finance/settings?said=nothing');
    const entry = {
      personId: viewer.id,
      sessionId: viewer.sessionId,
      since: since === today ? c.var.now : clinicDay(since, zone).instantOf(0),
      seen: countIn(form, 'seen') ?? -1,
    };
    const isEntered = await entersSettings(c.var.db, changed, entry, c.var.now);
    return isEntered ? goTo(c, '/finance/settings?said=saved') : drawn(c, page([], 'stale'), 409);
  });

/** How each setting is checked and kept; null when it is wrong. */
const TAKES: Readonly<Record<SettingKey, (typed: string) => string | null>> = {
  inn: typed => (isInn(typed.replace(/\s/g, '')) ? typed.replace(/\s/g, '') : null),
  ogrn: typed => (isOgrn(typed.replace(/\s/g, '')) ? typed.replace(/\s/g, '') : null),
  head: typed => (typed.length >= 5 && typed.length <= 200 ? typed : null),
  claimsAddress: typed => (typed.includes('+') ? null : addressIn(typed)),
  bank: typed => (typed.length >= 5 && typed.length <= 200 ? typed : null),
  claimSecondAboveMinor: typed => minorIn(typed)?.toString() ?? null,
  claimTogetherMinutes: typed => (/^\d{1,2}$/.test(typed) && Number(typed) <= 60 ? String(Number(typed)) : null),
};

const shownOf = (settings: ClaimSettings): Record<SettingKey, string> => ({
  ...settings,
  claimSecondAboveMinor: roublesOf(settings.claimSecondAboveMinor),
  claimTogetherMinutes: String(settings.claimTogetherMinutes),
});

const roublesOf = (minor: number): string =>
  `${Math.floor(minor / 100)}${minor % 100 === 0 ? '' : `,${String(minor % 100).padStart(2, '0')}`}`;

// «Приёмы» (upcoming consultations) and «История записи» (past ones).
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { AppointmentsPage, HistoryPage } from '../../../views/index.ts';
import { isUpcoming } from '../../../workflows/rules/status.ts';
import { talonOf } from '../../booking/talon.ts';
import { bouncedAddressRead } from '../../data/bounced-addresses.ts';
import { HISTORY_PAGE, pastConsultationsRead, recentConsultationsRead } from '../../data/consultations.ts';
import { allClaimsRead } from '../../data/own-claims.ts';
import { parameterOf } from '../../http/form.ts';
import type { HonoEnv } from '../../world.ts';
import { drawn, seeViewer } from '../../http/page.tsx';

export const appointments = new Hono<HonoEnv>()
  .get('/appointments', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ consultations: recentConsultationsRead(asker), bounced: bouncedAddressRead(asker) }));
    const talons = seen.data.consultations.filter(s => isUpcoming(s.facts, c.get('now'))).map(s => talonOf(s, seen.clinic, c.get('now')));
    // The unpaid one comes first, because it expires.
    talons.sort((a, b) => Number(b.status === 'reserved') - Number(a.status === 'reserved'));
    const isAddressChanged = parameterOf(c, 'address') === 'changed';
    return drawn(
      c,
      <AppointmentsPage frame={seen.frame} talons={talons} bounced={seen.data.bounced} isAddressChanged={isAddressChanged} />,
    );
  })

  .get('/appointments/history', requires('signedIn'), async c => {
    const before = parameterOf(c, 'before') ?? '';
    const seen = await seeViewer(c, asker => ({ past: pastConsultationsRead(asker, before), claims: allClaimsRead(asker) }));
    const { consultations, earlier, all } = seen.data.past;
    const claimsOf = (id: string) => seen.data.claims.filter(({ consultationId }) => consultationId === id);
    const past = consultations.filter(s => !isUpcoming(s.facts, c.get('now')));
    const page = past.slice(0, HISTORY_PAGE);
    const talons = page.map(s => talonOf(s, seen.clinic, c.get('now'), claimsOf(s.id)));
    const next = past.length > HISTORY_PAGE ? (page.at(-1)?.id ?? null) : null;
    return drawn(c, <HistoryPage frame={seen.frame} talons={talons} shown={earlier + talons.length} total={all} before={next} />);
  });

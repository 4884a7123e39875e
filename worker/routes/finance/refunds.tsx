// One refund for finance and the owner: try it again, record that it was paid by hand, note one that was made elsewhere.
import { type Context, Hono } from 'hono';
import { RefundPage, type TypedRefund } from '../../../views/index.ts';
import { dateOf } from '../../../views/format.ts';
import type { Mistake } from '../../../views/finance/parts.tsx';
import { rolesFor } from '../../../workflows/rules/may.ts';
import { isDate } from '../../booking/zone.ts';
import { asksAgain, type OnRefund, paysByHand, reviews, type StaffEnd, staffRefundRead } from '../../data/staff-refunds.ts';
import { idOf } from '../../http/address.ts';
import { formOf, lineIn, parameterOf } from '../../http/form.ts';
import { drawn, goTo, seeViewer, stranger } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import type { HonoEnv } from '../../world.ts';
import { deliverSoon } from '../../outbox.ts';

type C = Context<HonoEnv>;

export const financeRefunds = new Hono<HonoEnv>()
  .get('/finance/refunds/:id', requires('refunds'), async c => {
    const { seen, refund } = await seeRefund(c);
    if (refund === null) return stranger(c, seen);
    const said = parameterOf(c, 'said') === 'done' ? 'done' : null;
    return drawn(c, <RefundPage frame={seen.frame} refund={refund} said={said} typed={NOTHING} />);
  })

  .post('/finance/refunds/:id/again', requires('refunds'), c =>
    acts(
      c,
      () => [],
      (c, on) => asksAgain(c.var.db, on, c.var.now),
    ),
  )

  .post('/finance/refunds/:id/by-hand', requires('refunds'), c =>
    acts(
      c,
      ({ document, documentOn }, paidAt, zone) => [
        ...(document === '' ? (['document'] as const) : []),
        ...(isDate(documentOn) && documentOn >= dateOf(paidAt, zone) && documentOn <= dateOf(c.var.now, zone)
          ? []
          : (['documentOn'] as const)),
      ],
      (c, on, { document, documentOn }) => paysByHand(c.var.db, { ...on, document, documentOn }, c.var.now),
    ),
  )

  .post('/finance/refunds/:id/review', requires('refunds'), c =>
    acts(
      c,
      ({ note }) => (note.length >= 5 && note.length <= 1000 ? [] : ['note']),
      (c, on, { note }) => reviews(c.var.db, { ...on, note }, c.var.now),
    ),
  );

const NOTHING: TypedRefund = { document: '', documentOn: '', note: '', mistakes: [] };

async function seeRefund(c: C) {
  const seen = await seeViewer(c, asker => ({ refund: staffRefundRead(asker, rolesFor('refunds'), idOf(c)) }));
  return { seen, refund: seen.data.refund };
}

type Typed = Omit<TypedRefund, 'mistakes'>;

async function acts(
  c: C,
  mistakesIn: (typed: Typed, paidAt: number, zone: string) => readonly Mistake[],
  act: (c: C, on: OnRefund, typed: Typed) => Promise<StaffEnd>,
): Promise<Response> {
  const form = await formOf(c);
  const { seen, refund } = await seeRefund(c);
  if (refund === null) return stranger(c, seen);
  const typed = {
    document: lineIn(form, 'document').slice(0, 40),
    documentOn: lineIn(form, 'documentOn').slice(0, 10),
    note: (form.get('note') ?? '').trim().slice(0, 1001),
  };
  const mistakes = mistakesIn(typed, refund.payment.at, seen.clinic.zone);
  if (mistakes.length > 0)
    return drawn(c, <RefundPage frame={seen.frame} refund={refund} said={null} typed={{ ...typed, mistakes }} />, 422);
  const { id: personId, sessionId } = seen.viewer;
  const end = await act(c, { refund, personId, sessionId }, typed);
  if (end === 'done') {
    deliverSoon(c, refund.consultationId);
    return goTo(c, `/finance/refunds/${refund.id}?said=done`);
  }
  const now = await seeRefund(c);
  return drawn(c, <RefundPage frame={now.seen.frame} refund={now.refund ?? refund} said={end} typed={{ ...typed, mistakes: [] }} />, 409);
}

// Signing in through Gosuslugi, or by a code sent to a known address; signing out.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { CodePage, SignInPage, UnknownAddressPage } from '../../../views/index.ts';
import { dropSession, keepSession, sessionToken } from '../../auth/cookies.ts';
import { dropPending, keepPending, pendingOf, pendingsOf } from '../../auth/pending.ts';
import { randomToken, sha256 } from '../../auth/seal.ts';
import { keepKnownBrowser, knownBrowserOf } from '../../auth/known-browser.ts';
import { sendCode, useCode, warnOwner } from '../../auth/sign-in-code.ts';
import { signOut } from '../../auth/sign-out.ts';
import { takeOverPerson } from '../../auth/take-over.ts';
import { askOne, type Write, write } from '../../data/db.ts';
import { ownerOf } from '../../data/people.ts';
import { ABSOLUTE_MS, sessionStarts } from '../../data/sessions.ts';
import { newId } from '../../data/ids.ts';
import { CODE_LIFE_MS, codeLetterRead } from '../../data/sign-in-codes.ts';
import { addressIn, asciiOf } from '../../letters/address.ts';
import { mayTry } from '../../data/throttle.ts';
import type { HonoEnv } from '../../world.ts';
import { codeIn, formOf, parameterOf } from '../../http/form.ts';
import { tooMany } from '../../http/failures.tsx';
import { mayNetworkTry } from '../../http/guards.ts';
import { networkOf } from '../../http/network.ts';
import { drawn, goTo, localPath, nothing, overLimit, see } from '../../http/page.tsx';
import { type Departure, IdentityUnavailable } from '../../providers/identity/port.ts';

type C = Context<HonoEnv>;

const DEPARTURE_MS = 15 * 60_000;
const MINUTE = 60_000;
// One letter a minute to one address is enough.
const RESEND_MS = MINUTE;
const CODE_MINUTES = CODE_LIFE_MS / MINUTE;

const ERRORS = ['refused', 'failed', 'stale', 'slow', 'nameless'] as const;

export const signIn = new Hono<HonoEnv>()
  .get('/sign-in', requires('open'), async c => {
    const seen = await see(c, nothing);
    const next = localPath(parameterOf(c, 'next'));
    if (seen.viewer) return c.redirect(next ?? '/', 303);
    const error = ERRORS.find(e => e === parameterOf(c, 'error')) ?? null;
    return drawn(c, <SignInPage frame={seen.frame} error={error} errors={[]} email="" next={next} />);
  })

  .get('/sign-in/gosuslugi', requires('open'), async c => {
    if (!(await mayNetworkTry(c, 'departuresOfNetwork'))) return tooMany(c, 'departuresOfNetwork');
    const next = localPath(parameterOf(c, 'next'));
    const departure: Departure = { state: randomToken(), nonce: randomToken(), verifier: randomToken() };
    try {
      const url = await c.var.world.identity.depart(departure, returnAddress(c));
      await keepPending(c, 'departure', keyOf(departure.state), { departure, next } satisfies Left, DEPARTURE_MS);
      return c.redirect(url.href, 303);
    } catch (error) {
      return notReached(c, error);
    }
  })

  .get('/sign-in/gosuslugi/return', requires('open'), async c => {
    const key = keyOf(parameterOf(c, 'state') ?? '');
    const left = await pendingOf<Left>(c, 'departure', key);
    if (left === null || left.departure === null) return await cameAgain(c, left?.next ?? null, '/sign-in?error=stale');
    try {
      const url = new URL(returnAddress(c));
      url.search = new URL(c.req.url).search;
      const arrival = await c.var.world.identity.arrive(url, left.departure, returnAddress(c));
      if (arrival.kind !== 'person') {
        dropPending(c, 'departure', key);
        return c.redirect(`/sign-in?error=${arrival.kind}`, 303);
      }
      const { personId, writes } = await takeOverPerson(c.var.db, c.var.world.seal, arrival.person, c.var.now);
      // Gosuslugi knows its answer only once. Who opens this address again, by «back» or a reload, is led to the same place.
      await keepPending(c, 'departure', key, { departure: null, next: left.next } satisfies Left, DEPARTURE_MS);
      return await letIn(c, personId, 'gosuslugi', writes, left.next);
    } catch (error) {
      return notReached(c, error);
    }
  })

  .get('/sign-in/code', requires('open'), async c => {
    const of = parameterOf(c, 'of');
    const sent = of === undefined ? await latestCode(c) : await pendingOf<Sent>(c, 'code', of);
    const next = of === undefined ? (sent?.next ?? null) : localPath(parameterOf(c, 'next'));
    if (!sent) return await cameAgain(c, next, '/sign-in');
    const seen = await see(c, () => ({ letter: codeLetterRead(sent.id) }));
    const { letter } = seen.data;
    return drawn(c, <CodePage frame={seen.frame} {...sent} next={next} letter={letter} minutes={CODE_MINUTES} error={null} code="" />);
  })

  .post('/sign-in/code', requires('open'), async c => {
    const form = await formOf(c);
    return form.has('code') ? await enterByCode(c, form) : await askForCode(c, form);
  })

  .post('/sign-out', requires('open'), async c => {
    const form = await formOf(c);
    await see(c, nothing);
    const token = sessionToken(c);
    if (token) await signOut(c, token, form.get('everywhere') === '1');
    dropSession(c);
    return goTo(c, '/sign-in');
  });

/** A departure to Gosuslugi, one for each tab. */
interface Left {
  /** Null after the return. */
  readonly departure: Departure | null;
  readonly next: string | null;
}

/** Enough of the state to tell departures apart; the provider's adapter compares the whole. */
const keyOf = (state: string): string => state.slice(0, 16);

/** The person has done this step before: who is signed in goes on. */
async function cameAgain(c: C, next: string | null, otherwise: string): Promise<Response> {
  const { viewer } = await see(c, nothing);
  return goTo(c, viewer ? (next ?? '/') : otherwise);
}

/** A code that was sent, one for each address of a browser. */
interface Sent {
  /** The row of the code, so that it works in this browser only. */
  readonly id: string;
  /** The code that this browser got before for the same address. */
  readonly replaces: string | null;
  readonly email: string;
  readonly sentAt: number;
  readonly resendAt: number;
  readonly next: string | null;
}

const latestCode = async (c: C): Promise<Sent | null> => (await pendingsOf<Sent>(c, 'code'))[0] ?? null;

const codeFor = async (c: C, email: string): Promise<Sent | null> =>
  (await pendingsOf<Sent>(c, 'code')).find(sent => sent.email === email) ?? null;

const codePath = ({ id }: Sent, next: string | null): string => `/sign-in/code?of=${id}${next ? `&next=${encodeURIComponent(next)}` : ''}`;

async function askForCode(c: C, form: URLSearchParams): Promise<Response> {
  const next = localPath(form.get('next'));
  const typed = form.get('email') ?? (await latestCode(c))?.email ?? '';
  const email = addressIn(typed);
  const seen = await see(c, nothing);
  if (email === null) {
    return drawn(
      c,
      <SignInPage frame={seen.frame} error={null} errors={[{ field: 'email', error: 'email' }]} email={typed.slice(0, 254)} next={next} />,
      422,
    );
  }
  const now = c.var.now;
  const earlier = await codeFor(c, email);
  const isTooSoon = earlier !== null && now < earlier.resendAt;
  if (isTooSoon && (await askOne(c.var.db, codeLetterRead(earlier.id))) !== 'failed') return goTo(c, codePath(earlier, next));
  if (!(await mayNetworkTry(c, 'codesOfNetwork'))) return overLimit(c, seen.frame, 'codesOfNetwork');
  const address = await sha256(asciiOf(email));
  const known = await knownBrowserOf(c, email);
  if (!(await mayTry(c.var.db, 'codesToAddressOfNetwork', `${address}:${known ?? networkOf(c) ?? 'unknown'}`, now)))
    return overLimit(c, seen.frame, 'codesToAddressOfNetwork');
  if (known === null && !(await mayTry(c.var.db, 'codesToAddress', address, now))) return overLimit(c, seen.frame, 'codesToAddress');

  // The answer is the same for known and unknown addresses, so it does not reveal who has an account.
  const id = newId();
  const replaces = earlier?.id ?? null;
  const letter = { id, purpose: 'signIn', email, lang: seen.frame.lang, replaces } as const;
  c.executionCtx.waitUntil(sendCode(c.var.db, c.var.world, seen.clinic, letter, now));
  const sent: Sent = { id, replaces, email: email, sentAt: now, resendAt: now + RESEND_MS, next };
  if (earlier) dropPending(c, 'code', earlier.id);
  await keepPending(c, 'code', id, sent, CODE_LIFE_MS + 5 * MINUTE);
  return goTo(c, codePath(sent, next));
}

async function enterByCode(c: C, form: URLSearchParams): Promise<Response> {
  const email = form.get('email');
  const sent = email === null ? await latestCode(c) : await codeFor(c, email);
  const next = email === null ? (sent?.next ?? null) : localPath(form.get('next'));
  if (!sent) return await cameAgain(c, next, '/sign-in');
  const code = codeIn(form);
  const seen = await see(c, () => ({ letter: codeLetterRead(sent.id) }));
  const { letter } = seen.data;
  const again = (error: Parameters<typeof CodePage>[0]['error']) =>
    drawn(c, <CodePage frame={seen.frame} {...sent} next={next} letter={letter} minutes={CODE_MINUTES} error={error} code={code} />, 422);

  if (!/^\d{6}$/.test(code)) return again({ kind: 'malformed', digits: code.length });
  if (!(await mayNetworkTry(c, 'codeTriesOfNetwork'))) return overLimit(c, seen.frame, 'codeTriesOfNetwork');
  const isKnown = (await knownBrowserOf(c, sent.email)) !== null;
  const tried = await useCode(c.var.db, { ...sent, purpose: 'signIn' }, code, isKnown, c.var.now);
  if (tried.kind === 'tooMany') {
    const to = { email: sent.email, lang: seen.frame.lang };
    if (tried.isFirst) c.executionCtx.waitUntil(warnOwner(c.var.db, c.var.world, seen.clinic, to, c.var.now));
    return overLimit(c, seen.frame, 'wrongCodesOfAddress');
  }
  if (tried.kind === 'over') return again({ kind: c.var.now > sent.sentAt + CODE_LIFE_MS ? 'expired' : 'usedUp' });
  if (tried.kind === 'wrong') return again(tried.triesLeft > 0 ? { kind: 'wrong', left: tried.triesLeft } : { kind: 'usedUp' });

  dropPending(c, 'code', sent.id);
  const owner = await ownerOf(c.var.db, asciiOf(sent.email));
  if (owner.kind !== 'person') return drawn(c, <UnknownAddressPage frame={seen.frame} email={sent.email} />, 403);
  await keepKnownBrowser(c, sent.email);
  return await letIn(c, owner.personId, 'code', [], next);
}

/** Starts a new session; the browser's previous session ends. */
async function letIn(c: C, personId: string, way: 'gosuslugi' | 'code', writes: Write[], next: string | null): Promise<Response> {
  const old = sessionToken(c);
  if (old) await signOut(c, old);
  const token = randomToken();
  await write(c.var.db, [...writes, ...sessionStarts({ tokenHash: await sha256(token), personId, way, now: c.var.now })]);
  keepSession(c, token, ABSOLUTE_MS);
  return goTo(c, `/consents?came=${way}${next ? `&next=${encodeURIComponent(next)}` : ''}`);
}

const returnAddress = (c: C): string => `${c.var.world.settings.PUBLIC_URL.replace(/\/$/, '')}/sign-in/gosuslugi/return`;

function notReached(c: C, error: unknown): Response {
  if (!(error instanceof IdentityUnavailable)) throw error;
  return c.redirect(`/sign-in?error=${error.isSlow ? 'slow' : 'failed'}`, 303);
}

// The DOOR: a real browser against everything that `npm start` starts. The stories run in parallel, each with its own people, because most
// of their time is waiting.
import { afterAll, beforeAll } from 'vitest';
import { lower, raise } from './stands.ts';
import './stories/booking.ts';
import './stories/english.ts';
import './stories/everybody.ts';
import './stories/holding.ts';
import './stories/meeting.ts';
import './stories/misfortunes.ts';
import './stories/moving.ts';
import './stories/not-paid.ts';
import './stories/paying.ts';
import './stories/round-about.ts';
import './stories/signing-in.ts';
import './stories/without-script.ts';
// In turn, after the others: the meetings before them need the machine.
import './stories/letters.ts';
import './stories/refund-claim.ts';
import './stories/refund-by-letter.ts';

beforeAll(() => raise());
afterAll(lower);

// The door of Cloudflare's Email Routing: the handler `email()` of the Worker. A letter is refused only when that is final; trouble of D1 or R2 is thrown, so that
// the sender's mail server tries again. Called by worker/index.ts.
import { judgeLetters, type LetterPorts } from './judge.ts';
import { takeLetter } from './take.ts';

/** What the handler needs of a message; Cloudflare's has more. */
export type Message = Pick<ForwardableEmailMessage, 'from' | 'to' | 'raw' | 'rawSize' | 'setReject'>;

export async function takeEmail(ports: LetterPorts, message: Message, later: (work: Promise<unknown>) => void): Promise<void> {
  const taken = await takeLetter(ports, { door: 'email', from: message.from, to: message.to }, message.raw, message.rawSize);
  if (taken.kind === 'taken') later(judgeLetters(ports, taken.id).catch(() => undefined));
  else if (taken.kind === 'tooLarge') message.setReject('552 5.3.4 The letter is larger than 25 MB.');
  else if (taken.kind === 'empty') message.setReject('554 5.6.0 The letter is empty.');
  else if (taken.kind !== 'again') throw new Error(`The letter came ${taken.kind}.`);
}

// What a mail server writes back about a letter of ours (RFC 3464): the ids that it names, and whether the letter came back or is only late. Called by judge.ts.
import { messageIdsIn } from '../../workflows/rules/letter-in.ts';
import type { OpenLetter } from './open.ts';

export interface Bounce {
  readonly messageIds: readonly string[];
  readonly state: 'bounced' | 'delayed';
}

/** Null when the report names no letter, or tells of a success. Its parts are texts, which came with the letter. */
export function bounceIn({ parts, headers }: OpenLetter): Bounce | null {
  const texts = parts
    .filter(({ type }) => /^(message\/|text\/rfc822-headers)/.test(type))
    .map(({ content }) => new TextDecoder().decode(content?.subarray(0, 65_536)));
  const action = /^action\s*:\s*(\w+)/im.exec(texts.join('\n'))?.[1]?.toLowerCase();
  const state = action === 'failed' ? 'bounced' : action === 'delayed' ? 'delayed' : null;
  const quoted = texts.flatMap(text =>
    [...text.matchAll(/^(?:message-id|x-original-message-id|original-message-id)\s*:\s*(.+)$/gim)].map(([, id = '']) => id),
  );
  const named = headers.filter(({ name }) => name === 'in-reply-to' || name === 'references').map(({ value }) => value);
  const messageIds = [...quoted, ...named].flatMap(messageIdsIn);
  return state === null || messageIds.length === 0 ? null : { messageIds, state };
}

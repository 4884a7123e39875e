// Judges a letter after its door was answered. What fails here is taken up by the cron: the row is there. Called by the routes through which letters come.
import type { Context } from 'hono';
import type { HonoEnv } from '../world.ts';
import { portsOf } from '../money/payments.ts';
import { judgeLetters, type LetterPorts } from './judge.ts';

export const letterPortsOf = (c: Context<HonoEnv>): LetterPorts => ({ ...portsOf(c), files: c.env.FILES });

export const judgeSoon = (c: Context<HonoEnv>, letterId: string): void =>
  c.executionCtx.waitUntil(judgeLetters(letterPortsOf(c), letterId).catch(() => undefined));

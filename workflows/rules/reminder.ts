// Which reminders to send before a start; those whose time has passed are not sent late. Called by workflows/consultation.ts.
export type ReminderKind = 'reminder24h' | 'reminder1h' | 'reminder10m';

export interface Reminder {
  readonly kind: ReminderKind;
  readonly at: number;
}

const MINUTE = 60_000;
const BEFORE: Record<ReminderKind, number> = { reminder24h: 24 * 60 * MINUTE, reminder1h: 60 * MINUTE, reminder10m: 10 * MINUTE };

/** Reminders that are still due, earliest first. */
export function remindersOf(startsAt: number, now: number): Reminder[] {
  return (Object.keys(BEFORE) as ReminderKind[]).map(kind => ({ kind, at: startsAt - BEFORE[kind] })).filter(r => r.at > now);
}

/** A reminder that is later than this would be wrong («через час»), so it is skipped, ms. */
export const REMINDER_PATIENCE_MS = 5 * MINUTE;

export const isStale = (reminder: Reminder, now: number): boolean => now - reminder.at > REMINDER_PATIENCE_MS;

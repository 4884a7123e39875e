// The result of a check of devices in one sentence: «камера и микрофон работают, сеть тянет видео, 13:52». Used in the doctor's room, on
// the desk and in the passport.
import { clockOf, dateOf, plainDay } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import type { CheckFound } from '../../workflows/rules/readiness.ts';

/** Contains the time of the check, and its day when it differs from the day of `beside`, ms. */
export function checkText(frame: Frame, check: CheckFound, beside: number): string {
  const { found } = wordsOf(frame.lang).passport;
  const { zone } = frame.clinic;
  const date = dateOf(check.at, zone);
  const devices = check.camera ? (check.microphone ? found.both : found.camera) : check.microphone ? found.microphone : found.neither;
  const day = date === dateOf(beside, zone) ? null : plainDay(date, frame.lang);
  return [devices, check.speaker ? found.sound : null, found.network[check.network], day, clockOf(check.at, zone)]
    .filter(part => part !== null)
    .join(', ');
}

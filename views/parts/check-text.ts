// What a check of the devices found, in one sentence: «камера и микрофон работают, сеть тянет видео, 13:52». The doctor's room and the passport say it.
import { clockOf, dateOf, plainDay } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import type { CheckFound } from '../../workflows/rules/readiness.ts';

/** With the time of the check, and its day when that is not the day of `beside`. */
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

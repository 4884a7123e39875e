// Words for the patient of a late doctor: what happened and the three options.
import { plural } from '../format.ts';

const minutes = (n: number) => plural('ru', n, ['минуту', 'минуты', 'минут']);

export const delayRu = {
  absentLead: (n: number) => `Врач опаздывает уже ${n} ${minutes(n)}.`,
  absent: 'Извините. Можно подождать, бесплатно перенести приём или вернуть деньги.',
  promised: (clock: string) => `Врач предупредил, что начнёт около ${clock}.`,
  wordLead: (n: number, clock: string) => `Врач задержится примерно на ${n} ${minutes(n)}, начнёт около ${clock}.`,
  wait: 'Подождать',
  move: 'Перенести',
  refund: (sum: string) => `Вернуть ${sum}`,
  refundNote: 'Возврат отменит приём. Вернётся вся сумма, заявление не нужно.',
  waitedAbsent: (n: number) => `Спасибо, что ждёте: врач опаздывает уже ${n} ${minutes(n)}. Скажем здесь, когда он придёт.`,
  waitedWord: (clock: string) => `Спасибо, что ждёте: врач начнёт около ${clock}. Скажем здесь, когда он придёт.`,
  said: 'Врач опаздывает. Можно подождать, перенести приём или вернуть деньги.',
  saidWaited: 'Спасибо, что ждёте.',
  hereTitle: 'Врач уже в приёме',
  hereLead: 'Врач уже в приёме.',
  here: 'Приём в силе, деньги не возвращали. Можно заходить.',
};

export type DelayWords = typeof delayRu;

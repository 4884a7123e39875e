// Words of letters: only the time, the sum and «приём»; never a doctor, a specialty, a complaint or a name.
import { plural } from '../format.ts';

export const lettersRu = {
  open: 'Открыть приём',
  pay: (sum: string) => `Оплатить ${sum}`,
  again: 'Записаться снова',
  ownTime: (clock: string, city: string) => `${clock} по вашему времени, ${city}.`,
  minutes: (n: number) => `${n} ${plural('ru', n, ['минута', 'минуты', 'минут'])}.`,
  footerAuto: 'Письмо отправлено автоматически по вашей записи. Вопросы:',
  footerCode: 'Письмо отправлено, потому что этот адрес ввели на странице входа.',
  help: 'Помощь',
  calendar: 'Приём приложен к письму файлом для календаря.',
  calendarGone: 'К письму приложен файл: он уберёт приём из вашего календаря.',
  calendarMoved: 'К письму приложен файл: он переставит приём в вашем календаре.',
  booked: {
    subject: (clock: string) => `Оплатите приём до ${clock}`,
    heading: (clock: string) => `Оплатите приём до ${clock}`,
    text: (clock: string) =>
      `Интервал ваш до ${clock}. Если оплата не придёт, запись аннулируется, а интервал освободится. Деньги без записи не останутся: закрепим её, пока интервал свободен, или вернём всё.`,
  },
  paid: {
    subject: (moment: string) => `Приём оплачен: ${moment}`,
    heading: 'Приём оплачен',
    late: (n: number) =>
      `Оплата пришла на ${n} ${plural('ru', n, ['минуту', 'минуты', 'минут'])} позже срока, но интервал был свободен, и запись сохранена.`,
    text: (join: string, waiting: string) => `Кнопка «Онлайн-приём» заработает в ${join}. Зал ожидания откроется в ${waiting}.`,
    cancelFree: (sum: string, moment: string) => `Планы изменятся? До ${moment} отмена бесплатна: вернём ${sum}.`,
    cancelLate: (sum: string) => `Планы изменятся? При отмене до начала вернём ${sum}.`,
  },
  lapsed: {
    subject: (moment: string) => `Запись аннулирована: ${moment}`,
    heading: 'Запись аннулирована',
    text: (n: number) =>
      `Оплата не пришла за ${n} ${plural('ru', n, ['минуту', 'минуты', 'минут'])}. Деньги не списаны. Если банк спишет их позже, закрепим запись, пока интервал свободен, или вернём всю сумму.`,
  },
  returned: {
    subject: (sum: string) => `Возвращаем ${sum}`,
    heading: (sum: string) => `Возвращаем ${sum}`,
    late: 'Оплата пришла, когда интервал был уже занят.',
    twice: 'Оплата пришла дважды, лишнее возвращаем. Запись в силе.',
    cancelled: 'Это возврат по отменённой записи.',
    kept: (kept: string) => `Удержали ${kept} — расходы клиники на запись.`,
    when: 'Деньги придут туда, откуда вы платили, за 1–5 дней. Заявление не нужно.',
  },
  cancelled: {
    subject: (moment: string) => `Приём отменён: ${moment}`,
    heading: 'Приём отменён',
    byPatient: 'Вы отменили запись.',
    byClinic: 'Клиника отменила запись. Извините за это.',
    byLateness: 'Приём не начался вовремя, и вы выбрали возврат. Извините за это.',
    noMoney: 'Деньги не списаны.',
  },
  rescheduled: {
    subject: (moment: string) => `Приём перенесён: ${moment}`,
    heading: 'Приём перенесён',
    was: (moment: string) => `Раньше приём стоял на ${moment}. Оплата остаётся в силе, доплачивать ничего не нужно.`,
  },
  late: {
    subject: 'Приём задерживается',
    heading: 'Приём задерживается',
    text: 'Можно подождать, перенести приём бесплатно или вернуть деньги: выберите, что удобнее.',
    sorry: 'Извините, что заставили ждать. Если приём уже начался, ничего выбирать не нужно.',
    wait: 'Подождать в зале ожидания',
    move: 'Перенести приём',
    refund: (sum: string) => `Вернуть ${sum}`,
  },
  reminder24h: { when: 'завтра' },
  reminder1h: { when: 'через час' },
  reminder10m: { when: 'через 10 минут' },
  reminderSubject: (when: string, clock: string) => `Приём ${when}, ${clock}`,
  reminderSubjectAt: (when: string, clock: string) => `Приём ${when} в ${clock}`,
  reminderText: (join: string, waiting: string) => `Кнопка «Онлайн-приём» заработает в ${join}. Зал ожидания откроется в ${waiting}.`,
  cannotCome: 'Не получится прийти? Перенесите или отмените запись: сколько вернётся, покажем до отмены.',
  code: {
    subject: (code: string) => `Код для входа: ${code}`,
    heading: 'Код для входа',
    text: (n: number) =>
      `Введите его на странице входа. Код действует ${n} ${plural('ru', n, ['минуту', 'минуты', 'минут'])} и подходит один раз.`,
    notYou: 'Если вы не входили, ничего не делайте. Никому не называйте код: сотрудники клиники его не спрашивают.',
  },
};

export type LettersWords = typeof lettersRu;

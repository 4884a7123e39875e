// Words of the patient's list: upcoming appointments with the countdown, history with the money.
import { plural } from '../format.ts';

export const appointmentsRu = {
  title: 'Приёмы',
  upcoming: 'Предстоящие',
  history: 'История записи',
  another: 'Записаться ещё к одному врачу',
  emptyHeading: 'Предстоящих приёмов нет',
  emptyText: (n: number) =>
    `Выберите врача и свободный интервал. Оплата — после выбора, на неё будет ${n} ${plural('ru', n, ['минута', 'минуты', 'минут'])}.`,
  book: 'Записаться',
  historyEmptyHeading: 'История пока пуста',
  historyEmptyText: 'Здесь появятся приёмы, которые прошли или были отменены, и что стало с деньгами.',
  left: 'Осталось',
  payBy: (clock: string) => `Оплатите до ${clock}`,
  bar: 'Остаток времени на оплату',
  afterwards: 'Потом интервал освободится для других.',
  pause: 'Остановить отсчёт на экране',
  resume: 'Продолжить отсчёт на экране',
  saidMinutes: (n: number) =>
    `На оплату ${plural('ru', n, ['осталась', 'осталось', 'осталось'])} ${n} ${plural('ru', n, ['минута', 'минуты', 'минут'])}`,
  saidOver: 'Время на оплату вышло, проверяем оплату',
  pay: (sum: string) => `Оплатить ${sum}`,
  payAgain: (sum: string) => `Попробовать ещё раз: ${sum}`,
  payGoOn: (sum: string) => `Вернуться к оплате ${sum}`,
  payOpen: 'Оплата начата и ещё не завершена. Если окно с ней закрылось, вернитесь к ней кнопкой ниже.',
  refusedLead: 'Оплата не прошла, деньги не списаны.',
  checkingLead: 'Проверяем оплату.',
  checking: (clock: string, until: string) =>
    `Время на оплату вышло в ${clock}. Спрашиваем платёжную службу, не пришли ли деньги, и ответим до ${until}. Страницу можно закрыть: ответ придёт и на почту.`,
  cancel: 'Отменить запись',
  move: 'Перенести',
  calendar: 'В календарь',
  enter: 'Онлайн-приём',
  whyLater: (day: string, clock: string, n: number) =>
    `Кнопка заработает ${day} в ${clock}, за ${n} ${plural('ru', n, ['минуту', 'минуты', 'минут'])} до начала.`,
  whyWaiting: (clock: string) => `Зал ожидания откроется в ${clock}.`,
  whyOpen: 'Работает, пока врач не завершит приём. Закрыли окно — нажмите ещё раз, вернётесь в тот же разговор.',
  waitingRoom: 'Зал ожидания',
  rescuedLead: 'Запись сохранена.',
  rescued: (n: number) =>
    `Оплата пришла на ${n} ${plural('ru', n, ['минуту', 'минуты', 'минут'])} позже срока, но интервал был ещё свободен, и мы закрепили его за вами.`,
  again: 'Записаться снова',
  details: 'Подробности',
  lapsed: (n: number) => `Оплата не пришла за ${n} ${plural('ru', n, ['минуту', 'минуты', 'минут'])}, поэтому запись аннулирована.`,
  cancelledByPatient: (moment: string) => `Вы отменили запись: ${moment}.`,
  cancelledByClinic: (moment: string) => `Клиника отменила запись: ${moment}. Извините за это.`,
  cancelledLate: (moment: string) => `Врач опоздал, и вы выбрали возврат: ${moment}. Извините за это.`,
  absent: 'Врач ждал вас, но вы не подключились. Если подвела связь, позвоните нам: проверим журнал связи.',
  failed: 'Разговор не получился из-за связи. Мы разберёмся с оплатой и напишем вам.',
  published: 'Протокол врача — в медицинской карте.',
  protocol: 'Открыть протокол',
  older: 'Показать раньше',
  pages: 'Страницы',
  shown: (n: number, total: number) => `Показано ${n} из ${total}`,
  saidState: (state: string) => `Запись: ${state}`,
};

export type AppointmentsWords = typeof appointmentsRu;

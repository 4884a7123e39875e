// Words of the return from the payment provider, and of cancelling.
import { plural } from '../format.ts';

export const paymentRu = {
  title: 'Оплата',
  goingLead: 'Открываем страницу оплаты',
  going: (host: string) => `Оплата проходит на ${host}. Если страница не открылась сама, нажмите кнопку.`,
  goTo: (sum: string) => `Перейти к оплате ${sum}`,
  waitingLead: 'Ждём подтверждения оплаты',
  waitingBar: 'Ждём ответа',
  waiting: 'Обычно это меньше минуты. Страницу можно закрыть: ответ придёт и на почту.',
  waitingUnfinished: (clock: string) => `Не закончили оплату? Вернитесь к ней до ${clock}.`,
  waitingEnd: (clock: string) => `Если ответа не будет, в ${clock} спросим ещё раз и скажем, что с записью и деньгами.`,
  paidLead: 'Оплата получена, запись закреплена.',
  paid: (moment: string) => `Ждём вас: ${moment}. Чек и ссылка придут на почту.`,
  refusedLead: 'Оплата не прошла, деньги не списаны.',
  refusedLeft: (clock: string) => `Интервал ваш до ${clock}, попробовать ещё раз можно.`,
  unpaidLead: 'Оплаты ещё нет.',
  lapsedLead: 'Оплата не пришла вовремя, поэтому запись аннулирована.',
  lapsed: 'Деньги не списаны. Если банк спишет их позже, закрепим запись, пока интервал свободен, или вернём всю сумму.',
  returnedLead: 'Оплата пришла, когда интервал уже заняли другие.',
  returned: (sum: string) => `Возвращаем ${sum}, заявление не нужно. Деньги придут на карту за 1–5 дней.`,
  returnedDone: (sum: string) => `Вернули ${sum}. Если денег ещё не видно, банк зачислит их за 1–5 дней.`,
  cancelledLead: 'Эта запись отменена.',
  overLead: 'Этот приём уже закончился.',
  rescuedLead: 'Запись сохранена.',
  rescued: (n: number, moment: string) =>
    `Оплата пришла на ${n} ${plural('ru', n, ['минуту', 'минуты', 'минут'])} позже срока, но интервал был ещё свободен, и мы закрепили его за вами: ${moment}.`,
  toAppointments: 'Мои приёмы',
  toConsultation: 'Открыть запись',
};

export const cancellationRu = {
  title: 'Отмена записи',
  back: 'Не отменять',
  heading: 'Отменить запись?',
  headingNow: (sum: string) => `Если отменить сейчас, вернём ${sum}`,
  terms: 'Условия возврата',
  backFull: 'Вернётся вся сумма, удержаний нет.',
  backPart: (kept: string, moment: string) => `Удержим ${kept} — расходы клиники на вашу запись: бесплатная отмена была до ${moment}.`,
  backWhere: 'Деньги придут туда, откуда вы платили, за 1–5 дней.',
  unpaid: 'Запись не оплачена, деньги не списаны. После отмены интервал сразу освободится для других.',
  unpaidOpen: 'Если вы уже платите в другом окне, закройте его. Деньги, которые всё же придут, вернём.',
  confirmUnpaid: 'Отменить запись',
  confirm: (sum: string) => `Отменить и вернуть ${sum}`,
  keep: 'Оставить запись',
  changedLead: 'Пока вы читали, сумма изменилась.',
  changed: 'Запись не отменена. Посмотрите новую сумму и подтвердите ещё раз.',
  tooLateHeading: 'Отменить уже нельзя',
  tooLate: (clock: string) => `Приём начался в ${clock}. Если он не состоялся, позвоните в регистратуру.`,
  doneHeading: 'Запись уже завершена',
  done: 'Отменять нечего. Что стало с деньгами, видно на странице записи.',
};

export type PaymentWords = typeof paymentRu;
export type CancellationWords = typeof cancellationRu;

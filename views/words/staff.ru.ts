// Words for the clinic's staff: the doctor's day, and sections that are not built yet.
import { plural } from '../format.ts';
import type { Role } from '../../workflows/rules/person.ts';
import type { TroubleKind } from '../../workflows/rules/trouble.ts';

export const staffRu = {
  deskTitle: 'Сегодня',
  deskHeading: (day: string) => `Сегодня, ${day}`,
  deskLead: (n: number, over: number) =>
    `${n} ${plural('ru', n, ['приём', 'приёма', 'приёмов'])}${over === 0 ? '' : `, ${over} ${plural('ru', over, ['прошёл', 'прошли', 'прошло'])}`}`,
  deskCaption: 'Приёмы сегодня',
  time: 'Время',
  patient: 'Пациент',
  state: 'Состояние',
  toDo: 'Что сделать',
  join: 'Подключиться',
  opensAt: (clock: string) => `Комната откроется в ${clock}`,
  card: 'Медицинская карта',
  waitsSince: (clock: string) => `Ждёт с ${clock}`,
  wentOut: 'Заходил и вышел',
  saidWaits: (names: string) => `В зале ожидания: ${names}`,
  lateWaits: (n: number) => `Опаздываете на ${n} мин, пациент ждёт`,
  late: (n: number) => `Опаздываете на ${n} мин`,
  lateReturned: 'Врач опоздал, деньги вернули',
  lateReturning: 'Врач опоздал, деньги возвращаем',
  unendedTitle: 'Не завершены',
  unendedText: 'Отметьте, чем закончился приём: от этого зависят протокол и оплата.',
  troublesTitle: 'Не получилось само',
  troublesText: 'Система больше не пробует. Посмотрите, что можно сделать вручную.',
  troubleSince: (when: string) => `С ${when}`,
  troubles: {
    message: 'напоминания и возвраты по этой консультации могут не работать, сообщите разработчикам',
    letter: 'письмо не дошло до адресата, сообщите ему иначе',
    refund: 'платёжная система отказала в возврате, верните деньги вручную',
    document: 'PDF протокола нельзя сделать, сообщите разработчикам',
    receipt: 'чек не пробит, пробейте его вручную',
    lateReceipt: 'чек не зарегистрирован три дня, спросите платёжную систему',
    money: 'приём не состоялся, а возврат не начат: решите, сколько вернуть, и напишите пациенту',
    external: 'деньги вернули в кабинете платёжной системы: проверьте, что запись и сумма верны',
  } satisfies Record<TroubleKind, string>,
  deskEmpty: 'На сегодня приёмов нет',
  deskEmptyText: 'Когда пациент запишется, приём появится здесь.',
  deskNote: 'Имя пациента ведёт на приём: видео, чат и завершение. После приёма здесь же откроется его протокол.',
  title: 'Рабочее место',
  hello: (name: string) => `Здравствуйте, ${name}`,
  yourRoles: 'Ваши роли:',
  roles: {
    patient: 'пациент',
    doctor: 'врач',
    frontDesk: 'регистратор',
    finance: 'финансы',
    support: 'поддержка',
    owner: 'администратор',
  } satisfies Record<Role, string>,
  later: 'Эти разделы ещё не открыты. Пока их нет, работайте так, как раньше.',
  sections: {
    patient: [],
    doctor: ['«Моё расписание»'],
    frontDesk: ['«Расписание»', '«Консультации»'],
    finance: ['«Возвраты»', '«Сверка»'],
    support: ['«Поддержка»'],
    owner: ['«Сотрудники»', '«Настройки»', '«Журналы»'],
  } as Record<Role, readonly string[]>,
  open: 'Что открыто сейчас',
  openHelp: 'Помощь: руководство пациента и частые вопросы',
  openDoctors: 'Врачи и свободное время, как их видит пациент',
};

export type StaffWords = typeof staffRu;

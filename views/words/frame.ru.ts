// Words of every page: the layout, the warning required by law, emergency calls, and the shared parts.
import { plural } from '../format.ts';

export const frameRu = {
  skip: 'К содержанию страницы',
  cabinet: 'Онлайн-консультации',
  work: 'Рабочее место',
  letters: 'Письма',
  sections: 'Разделы кабинета',
  online: 'Онлайн-консультация',
  appointments: 'Приёмы',
  upcomingAway: (n: number) => ` ${plural('ru', n, ['предстоящий', 'предстоящих', 'предстоящих'])}`,
  card: 'Медицинская карта',
  help: 'Помощь',
  today: 'Сегодня',
  profile: ', профиль',
  documents: 'Согласия и документы',
  documentsShort: 'Документы',
  signIn: 'Войти',
  signOut: 'Выйти',
  signOutEverywhere: 'Выйти на всех устройствах',
  licence: 'лицензия',
  reception: 'Регистратура:',
  urgent: 'Неотложная помощь: *103* или *112*.',
  otherLang: 'English',
  warningLead: 'Онлайн-консультация не заменяет очный приём.',
  warning:
    'По закону врач не может на ней поставить диагноз или назначить лечение: он соберёт жалобы, разберёт анализы и решит, нужен ли очный приём.',
  emergency: 'Если состояние угрожает жизни, звоните {tel103} или {tel112}.',
  errorAway: 'Ошибка: ',
  minutes: (n: number) => `${n} ${plural('ru', n, ['минута', 'минуты', 'минут'])}`,
  years: (n: number) => `${n} ${plural('ru', n, ['год', 'года', 'лет'])}`,
  yours: 'у вас',
  until: (clock: string) => `до ${clock}`,
  bornIn: (year: string) => `${year} г. р.`,
  unidentifiedLead: 'Нужна подтверждённая учётная запись Госуслуг.',
  unidentified:
    'Ваша личность в этом кабинете ещё не подтверждена, поэтому врач не может вас консультировать. Подтвердить учётную запись можно в приложении банка за 5 минут, затем войдите снова.',
  unidentifiedHow: 'Как подтвердить',
  consentsLead: 'До записи осталось подписать документы.',
  consents: (n: number) =>
    `Не ${plural('ru', n, ['подписан', 'подписаны', 'подписаны'])} ${n} из 3. Без них врач не вправе консультировать.`,
  consentsHow: 'Открыть документы',
};

export type FrameWords = typeof frameRu;

// Words of the questionnaire that a patient may fill in before the visit, and of the links to it.
export const questionnaireRu = {
  title: 'Расскажите врачу заранее',
  link: 'Расскажите врачу заранее',
  linkHint: 'Несколько коротких вопросов: врач прочитает ответы до приёма',
  linkChange: 'Ваши ответы врачу',
  lead: (doctor: string, moment: string) => `${doctor}, ${moment}`,
  text: 'Отвечать не обязательно, можно на часть вопросов. Врач прочитает ответы до приёма, и они войдут в протокол. Менять их можно, пока врач не завершил приём.',
  emergency: 'Если стало хуже, не ждите ответа на анкету.',
  save: 'Сохранить ответы',
  savedLead: 'Ответы сохранены.',
  savedText: (moment: string) => `${moment}. Врач увидит их до приёма.`,
  back: 'К записи',
  staleLead: 'Ответы уже меняли на другом устройстве.',
  staleText: 'Ниже то, что вы написали сейчас. Сохраните ещё раз, если этот текст верный.',
  tooLongHeading: 'Ответы не сохранены',
  tooLong: 'Ответ длиннее 2 000 знаков: сократите его',
  closedLead: 'Анкета закрыта',
  closedText: 'Приём завершён, поэтому ответы уже нельзя изменить. Новое можно рассказать на следующем приёме.',
  notYetLead: 'Анкета откроется после оплаты',
  notYetText: 'Оплатите запись, и здесь появятся вопросы врача.',
  none: 'К этому приёму вопросов нет',
  noneText: 'Всё важное вы расскажете врачу на приёме.',
  answered: 'Что вы рассказали',
  empty: 'Без ответа',
};

export type QuestionnaireWords = typeof questionnaireRu;

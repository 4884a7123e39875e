// Words of the call's passport, «Запись звонка»: the same page for the patient, the doctor and the clinic, so it speaks of them in the third
// person. Also what a check of the devices found, which the doctor in the room reads too.
import type { CallDevice } from '../../worker/rooms/call-device.ts';
import type { FromBrowser } from '../../worker/rooms/messages.ts';
import { plural } from '../format.ts';
import type { CheckFound } from '../model.ts';
import type { Carried } from '../../workflows/rules/call-quality.ts';
import type { FaultSide } from '../../workflows/rules/passport.ts';
import type { Outcome } from '../../workflows/rules/status.ts';

/** What a browser, the calls proxy or a workflow's clock may note; a new kind does not compile until it has words. */
export type FaultKind = Extract<FromBrowser, { type: 'fault' }>['kind'] | 'doctorLate' | 'patientAbsent' | 'callsDown';

const minutes = (n: number) => `${n} ${plural('ru', n, ['минута', 'минуты', 'минут'])}`;

export const passportRu = {
  title: 'Запись звонка',
  linkHint: 'Кто и когда был на связи и какой она была',
  backToVisit: 'Консультация',
  lead: 'Кто и когда был на связи. У пациента, врача и клиники она одна и та же.',
  noMediaLead: 'Видео и звук не записываем.',
  noMedia: 'Здесь только время, цифры связи и сообщения программ. Слова, чат и файлы сюда не попадают.',
  going: 'Приём ещё не завершён.',
  goingText: (moment: string) => `Цифры на ${moment}, дальше они изменятся.`,
  ahead: 'Приём ещё не начался.',
  aheadText: 'Когда кто-то войдёт в комнату, это появится здесь.',
  none: 'Звонка не было.',
  noneText: 'До приёма не дошло, поэтому записывать было нечего.',

  brief: 'Коротко',
  sides: { patient: 'Пациент', doctor: 'Врач' },
  booked: 'Назначено',
  met: 'Встретились',
  neverMet: 'Не встретились',
  notMetYet: 'Пока нет',
  end: 'Чем закончилось',
  ends: {
    tookPlace: 'Состоялся',
    failed: 'Не состоялся по техническим причинам',
    absent: 'Пациент не подключился',
  } satisfies Record<Outcome, string>,
  endCancelled: 'Запись отменена',
  endGoing: 'Ещё идёт',
  endForgotten: 'Врач не отметил, чем закончился приём',
  together: 'Вместе',
  togetherOf: (n: number, booked: number, share: string) => `${minutes(n)}, назначено ${booked} (${share})`,
  without: { patient: 'Без пациента', doctor: 'Без врача' },
  withoutNothing: 'нисколько',
  withoutLess: 'меньше минуты из назначенного времени',
  withoutOf: (n: number) => `${minutes(n)} из назначенного времени`,
  faults: 'Сбои',
  noFaults: 'Не было',
  faultCounts: {
    patient: (n: number) => `у пациента ${n}`,
    clinic: (n: number) => `у клиники ${n}`,
    sfu: (n: number) => `у сервиса связи ${n}`,
    unknown: (n: number) => `неизвестно у кого ${n}`,
  } satisfies Record<FaultSide, (n: number) => string>,

  presence: 'Кто был в комнате',
  presenceEmpty: 'В комнату никто не входил.',
  presenceOf: (side: string, spans: string) => `${side}: ${spans}.`,
  wasAway: 'не входил',
  bookedStart: (clock: string) => `начало ${clock}`,
  bookedEnd: (clock: string) => `конец ${clock}`,
  nowWord: 'сейчас',

  course: 'Ход встречи',
  entered: { patient: 'Пациент вошёл', doctor: 'Врач вошёл' },
  returned: { patient: 'Пациент вернулся', doctor: 'Врач вернулся' },
  left: { patient: 'Пациент вышел', doctor: 'Врач вышел' },
  starts: 'Назначенное начало',
  finishes: 'Назначенный конец',
  metRow: 'Оба на связи',
  late: (n: number) => `Врач сообщил: задержка примерно ${minutes(n)}`,
  onTime: 'Врач сообщил: начнёт вовремя',
  concluded: {
    tookPlace: 'Врач завершил приём: состоялся',
    failed: 'Врач завершил приём: не состоялся по техническим причинам',
    absent: 'Врач завершил приём: пациент не подключился',
  } satisfies Record<Outcome, string>,
  closed: 'Комната закрылась для обоих',
  cancelled: { patient: 'Пациент отменил запись', clinic: 'Клиника отменила запись' },
  here: { both: 'В комнате оба', patient: 'В комнате пациент', doctor: 'В комнате врач', nobody: 'В комнате никого' },
  faultKinds: {
    cameraRefused: 'Браузер не разрешил камеру',
    microphoneRefused: 'Браузер не разрешил микрофон',
    cameraMissing: 'Камера не нашлась',
    microphoneMissing: 'Микрофон не нашёлся',
    cameraBusy: 'Камеру занимала другая программа',
    connectionLost: 'Прервалась связь с клиникой',
    mediaLost: 'Прервались видео и звук',
    noRemoteMedia: 'Не дошли видео и звук собеседника',
    videoOff: 'Связь слабая: видео выключилось, звук остался',
    audioOff: 'Связь слабая: звук выключился, остался чат',
    callsRefused: 'Видео и звук не прошли через сеть',
    doctorLate: 'Врач не вошёл вовремя',
    patientAbsent: 'Пациент не подключился',
    callsDown: 'Сервис видеосвязи не отвечал',
  } satisfies Record<FaultKind, string>,
  faultUnknown: 'Неизвестный сбой',
  lostByBoth: 'Видео и звук прервались у обоих сразу',
  faultSides: {
    patient: 'Сторона пациента',
    clinic: 'Сторона клиники',
    sfu: 'Сторона сервиса связи',
    unknown: 'Сторона неизвестна',
  } satisfies Record<FaultSide, string>,

  quality: 'Какой была связь',
  qualityLead: 'Программа каждого присылает цифры раз в 10 секунд. За каждую минуту показано худшее.',
  qualityEmpty: 'Цифр нет: разговор не начинался или браузер их не прислал.',
  measured: (n: number) => `${minutes(n)} с цифрами.`,
  lossSaid: (usual: string, worst: string, clock: string) => `Потери обычно ${usual}, больше всего ${worst} в ${clock}.`,
  delaySaid: (usual: string, worst: string, clock: string) => `Задержка обычно ${usual}, больше всего ${worst} в ${clock}.`,
  delayUnknown: 'Задержку браузер не измерил.',
  speedSaid: (usual: string, worst: string, clock: string) => `Скорость приёма обычно ${usual}, меньше всего ${worst} в ${clock}.`,
  carriedSaid: {
    video: (n: number) => `Видео шло ${minutes(n)}`,
    audio: (n: number) => `только звук ${minutes(n)}`,
    none: (n: number) => `ничего ${minutes(n)}`,
  } satisfies Record<Carried, (n: number) => string>,
  strips: {
    loss: (most: string) => `Потери, до ${most}`,
    delay: (most: string) => `Задержка, до ${most}`,
    speed: (most: string) => `Скорость приёма, до ${most}`,
    carried: 'Что шло',
  },
  carried: { video: 'видео', audio: 'только звук', none: 'ничего' } satisfies Record<Carried, string>,
  asTable: 'Те же цифры таблицей',
  tableCaption: (side: string) => `Связь по минутам: ${side}`,
  minute: 'Минута',
  loss: 'Потери',
  delay: 'Задержка',
  speedIn: 'Приём',
  speedOut: 'Отдача',
  ms: (n: number) => `${n} мс`,
  kbps: (n: number) => `${n} кбит/\u2060с`,

  checks: 'Проверка связи до приёма',
  checkTitle: 'Проверка связи',
  noChecks: { patient: 'Пациент не проверял', doctor: 'Врач не проверял' },
  earlierChecks: (n: number) => `и ещё ${n} ${plural('ru', n, ['раз', 'раза', 'раз'])} раньше`,
  found: {
    both: 'камера и микрофон работают',
    camera: 'камера работает, микрофон не включился',
    microphone: 'микрофон работает, камера не включилась',
    neither: 'камера и микрофон не включились',
    sound: 'звук слышно',
    network: {
      video: 'сеть тянет видео',
      audio: 'сеть тянет только звук',
      chat: 'сеть тянет только чат',
      unknown: 'сеть не измерили',
    } satisfies Record<CheckFound['network'], string>,
  },

  devices: 'Устройства',
  noDevices: { patient: 'Пациент не заходил', doctor: 'Врач не заходил' },
  since: (clock: string) => `с ${clock}`,
  browsers: {
    chrome: 'Chrome',
    safari: 'Safari',
    firefox: 'Firefox',
    yandex: 'Яндекс Браузер',
    edge: 'Edge',
    other: 'другой браузер',
  } satisfies Record<CallDevice['browser'], string>,
  systems: {
    windows: 'Windows',
    macos: 'macOS',
    linux: 'Linux',
    android: 'Android',
    ios: 'iOS',
    other: 'другая система',
  } satisfies Record<CallDevice['system'], string>,
  deviceKinds: { phone: 'телефон или планшет', computer: 'компьютер' } satisfies Record<CallDevice['kind'], string>,
  macOrIpad: 'Mac или iPad',
};

export type PassportWords = typeof passportRu;

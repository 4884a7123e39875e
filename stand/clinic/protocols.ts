// What the demo clinic's doctors use to write protocols: templates, quick phrases, a few dozen codes of МКБ-10, and the questions before a
// visit. clinic.ts loads it with the rest; load.ts adds it to a clinic that was loaded before protocols existed.
import type { Statement } from './clinic.ts';
import { demoId, DOCTORS, SPECIALTIES } from './people.ts';

const CODES: readonly (readonly [code: string, title: string])[] = [
  ['E03.9', 'Гипотиреоз неуточнённый'],
  ['E04.1', 'Нетоксический одноузловой зоб'],
  ['E11.9', 'Инсулиннезависимый сахарный диабет без осложнений'],
  ['E66.0', 'Ожирение, обусловленное избыточным поступлением энергетических ресурсов'],
  ['E78.0', 'Чистая гиперхолестеринемия'],
  ['F45.3', 'Соматоформная дисфункция вегетативной нервной системы'],
  ['G43.0', 'Мигрень без ауры [простая мигрень]'],
  ['G43.1', 'Мигрень с аурой [классическая мигрень]'],
  ['G44.2', 'Головная боль напряжённого типа'],
  ['G47.0', 'Нарушения засыпания и поддержания сна [бессонница]'],
  ['G54.2', 'Поражения шейных корешков, не классифицированные в других рубриках'],
  ['H66.9', 'Средний отит неуточнённый'],
  ['I10', 'Эссенциальная [первичная] гипертензия'],
  ['I11.9', 'Гипертензивная [гипертоническая] болезнь с преимущественным поражением сердца без (застойной) сердечной недостаточности'],
  ['I20.8', 'Другие формы стенокардии'],
  ['I25.1', 'Атеросклеротическая болезнь сердца'],
  ['I47.1', 'Наджелудочковая тахикардия'],
  ['I48', 'Фибрилляция и трепетание предсердий'],
  ['I49.3', 'Преждевременная деполяризация желудочков'],
  ['I83.9', 'Варикозное расширение вен нижних конечностей без язвы или воспаления'],
  ['J00', 'Острый назофарингит (насморк)'],
  ['J02.9', 'Острый фарингит неуточнённый'],
  ['J06.9', 'Острая инфекция верхних дыхательных путей неуточнённая'],
  ['J20.9', 'Острый бронхит неуточнённый'],
  ['J30.1', 'Аллергический ринит, вызванный пыльцой растений'],
  ['J45.0', 'Астма с преобладанием аллергического компонента'],
  ['K21.9', 'Гастроэзофагеальный рефлюкс без эзофагита'],
  ['K29.5', 'Хронический гастрит неуточнённый'],
  ['K58.9', 'Синдром раздражённого кишечника без диареи'],
  ['L20.8', 'Другие атопические дерматиты'],
  ['L23.9', 'Аллергический контактный дерматит, причина не уточнена'],
  ['L40.0', 'Псориаз обыкновенный'],
  ['L50.0', 'Аллергическая крапивница'],
  ['L70.0', 'Угри обыкновенные [acne vulgaris]'],
  ['M42.1', 'Остеохондроз позвоночника у взрослых'],
  ['M54.2', 'Цервикалгия'],
  ['M54.5', 'Боль внизу спины'],
  ['N30.0', 'Острый цистит'],
  ['R00.2', 'Сердцебиение неуточнённое'],
  ['R07.4', 'Боль в груди неуточнённая'],
  ['R51', 'Головная боль'],
  ['Z00.1', 'Рутинное обследование состояния здоровья ребёнка'],
];

interface DemoTemplate {
  readonly name: string;
  readonly body: Readonly<Record<string, string>>;
}

const TEMPLATES: Readonly<Record<string, readonly DemoTemplate[]>> = {
  Терапевт: [
    {
      name: 'Первая консультация терапевта',
      body: {
        anamnesis: 'Заболевания в прошлом: \nПостоянно принимает: \nАллергия на лекарства: ',
        objective: 'По видео: состояние удовлетворительное, речь ясная, одышки в покое не видно.',
        recommendations: '1. Очный приём терапевта.\n2. При ухудшении вызвать 103.',
      },
    },
    { name: 'Разбор анализов', body: { documents: 'Представлены анализы: ', conclusion: 'По представленным анализам: ' } },
  ],
  Кардиолог: [
    {
      name: 'Первая консультация кардиолога',
      body: {
        anamnesis: 'Давление дома: \nНаследственность: \nКурение: ',
        examinations: 'ЭКГ, эхокардиография, липидный профиль.',
        recommendations:
          '1. Дневник давления: утром и вечером, сидя, после пяти минут отдыха.\n2. При боли в груди дольше 5 минут вызвать 103.',
      },
    },
  ],
  Невролог: [
    {
      name: 'Первая консультация невролога',
      body: {
        anamnesis: 'Характер и частота боли: \nТравмы: ',
        recommendations: '1. Дневник головной боли.\n2. При внезапной сильной боли, слабости в руке или нарушении речи вызвать 103.',
      },
    },
  ],
  Педиатр: [
    {
      name: 'Первая консультация педиатра',
      body: {
        anamnesis: 'Возраст, вес: \nПрививки: \nАллергия: ',
        objective: 'По видео: ребёнок активен, дыхание спокойное.',
        recommendations: '1. Тёплое питьё.\n2. При температуре выше 39 °C, одышке или вялости вызвать 103.',
      },
    },
  ],
  Дерматолог: [
    {
      name: 'Первая консультация дерматолога',
      body: { anamnesis: 'Давность высыпаний: \nЧем лечили: ', documents: 'Представлены фотографии кожи при дневном свете.' },
    },
  ],
  Эндокринолог: [
    {
      name: 'Первая консультация эндокринолога',
      body: {
        anamnesis: 'Вес и его изменения: \nЩитовидная железа раньше: ',
        examinations: 'ТТГ, св. Т4, глюкоза натощак, гликированный гемоглобин.',
      },
    },
  ],
};

/** A doctor's own template, so that the stand shows «(мой)». */
const OWN: DemoTemplate = {
  name: 'Справка о нагрузках',
  body: { conclusion: 'По видео противопоказаний к обычным нагрузкам не выявлено, нужен очный осмотр.' },
};

const PHRASES: readonly (readonly [field: string, text: string])[] = [
  ['complaints', 'Жалоб на боль в груди и одышку нет.'],
  ['complaints', 'Температура не повышалась.'],
  ['anamnesis', 'Аллергию на лекарства отрицает.'],
  ['anamnesis', 'Хронические заболевания отрицает.'],
  ['conclusion', 'Оснований для экстренной помощи во время консультации не выявлено.'],
  ['conclusion', 'Для уточнения причины жалоб нужен очный приём.'],
  ['recommendations', 'При ухудшении вызвать 103 или 112.'],
  ['recommendations', 'Повторная консультация с результатами обследований.'],
];

type Asked = readonly [id: string, ru: string, en: string];

const COMMON: readonly Asked[] = [
  ['why', 'Что вас беспокоит и как давно?', 'What troubles you, and for how long?'],
  ['drugs', 'Какие лекарства и добавки вы принимаете?', 'Which medicines and supplements do you take?'],
  ['allergy', 'На что у вас бывает аллергия?', 'What are you allergic to?'],
  ['ask', 'Что вы хотите узнать у врача?', 'What do you want to ask the doctor?'],
];

const ESPECIALLY: Readonly<Record<string, Asked>> = {
  Терапевт: ['ill', 'Какие хронические болезни и операции у вас были?', 'Which chronic diseases and operations have you had?'],
  Кардиолог: ['pressure', 'Какое у вас обычно давление и пульс?', 'What are your usual blood pressure and pulse?'],
  Невролог: ['pain', 'Где и когда болит, что помогает?', 'Where and when does it hurt, and what helps?'],
  Педиатр: [
    'child',
    'Сколько ребёнку лет, сколько он весит, какие прививки сделаны?',
    'How old is the child, what is the weight, which vaccinations were given?',
  ],
  Дерматолог: ['skin', 'Где на коже изменения и что вы уже пробовали?', 'Where on the skin is it, and what have you tried?'],
  Эндокринолог: ['weight', 'Ваш рост и вес, как он менялся за год?', 'Your height and weight, and how did it change in a year?'],
};

/** All statements for writing protocols. `now` is ms. */
export function demoProtocols(now: number): Statement[] {
  return [
    ...CODES.map(([code, title]) => icdCode(code, title)),
    ...SPECIALTIES.flatMap(({ id, ru }, i) => specialty(id, ru, i, now)),
    template(demoId(11, 1), { doctorId: DOCTORS[0]?.doctorId ?? null, specialtyId: null }, OWN, now),
  ];
}

/** `search` has the form that the search uses: lower case, ё as е. */
const icdCode = (code: string, title: string): Statement => ({
  sql: 'INSERT OR REPLACE INTO icd_code (code, title, search) VALUES (?, ?, ?)',
  args: [code, title, `${code} ${title}`.toLowerCase().replaceAll('ё', 'е')],
});

function specialty(id: string, name: string, i: number, now: number): Statement[] {
  const [own, first, ...rest] = [ESPECIALLY[name], ...COMMON];
  const asked = [first, own, ...rest].flatMap(one => (one === undefined ? [] : [{ id: one[0], ru: one[1], en: one[2] }]));
  return [
    { sql: 'INSERT INTO questionnaire (specialty_id, body) VALUES (?, ?)', args: [id, JSON.stringify({ questions: asked })] },
    ...(TEMPLATES[name] ?? []).map((one, n) => template(demoId(10, i * 16 + n), { doctorId: null, specialtyId: id }, one, now)),
    ...PHRASES.map(([field, text], n) => ({
      sql: 'INSERT INTO quick_phrase (id, specialty_id, doctor_id, field, text, at) VALUES (?, ?, NULL, ?, ?, ?)',
      args: [demoId(12, i * 64 + n), id, field, text, now],
    })),
  ];
}

const template = (
  id: string,
  whose: { readonly doctorId: string | null; readonly specialtyId: string | null },
  { name, body }: DemoTemplate,
  now: number,
): Statement => ({
  sql: 'INSERT INTO protocol_template (id, specialty_id, doctor_id, name, body, at) VALUES (?, ?, ?, ?, ?, ?)',
  args: [id, whose.specialtyId, whose.doctorId, name, JSON.stringify(body), now],
});

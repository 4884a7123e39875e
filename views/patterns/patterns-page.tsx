// The pattern library of the stand: each component in each state, drawn by the same code as the pages.
import type { Status } from '../../workflows/rules/status.ts';
import { AppointmentTalon } from '../appointments/appointment-talon.tsx';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { ErrorSummary, errorOf, Field } from '../parts/field.tsx';
import { Icon, ICON_NAMES } from '../parts/icon.tsx';
import { moneyLine } from '../parts/money-line.ts';
import { Notice } from '../parts/notice.tsx';
import { Tag } from '../parts/tag.tsx';
import { PaymentReturn } from '../payment/payment-return.tsx';
import { factsByStatus, sampleTalon, sampleFacts, sampleConsultation } from './samples.ts';

export interface PatternsPageProps {
  readonly frame: Frame;
}

// The library is for the developers of the cabinet, so its own headings are in one language.
export function PatternsPage({ frame }: PatternsPageProps) {
  return (
    <Layout frame={frame} title="Образцы" current={null}>
      <h1>Образцы</h1>
      <p class="lead">Каждая деталь в каждом состоянии. Страницы собираются только из них.</p>
      <States frame={frame} />
      <Buttons />
      <Fields frame={frame} />
      <Notices />
      <Cards frame={frame} />
      <Payments frame={frame} />
      <section class="card">
        <h2>Значки</h2>
        <div class="row">
          {ICON_NAMES.map(name => (
            <Icon name={name} />
          ))}
        </div>
      </section>
    </Layout>
  );
}

function States({ frame }: PatternsPageProps) {
  return (
    <section class="card">
      <h2>Состояния консультации</h2>
      <dl class="facts">
        {Object.entries(factsByStatus(frame.now)).map(([status, facts]) => (
          <div>
            <dt>
              <Tag frame={frame} status={status as Status} facts={facts} /> {status}
            </dt>
            <dd>{moneyLine(facts, frame)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Buttons() {
  return (
    <section class="card">
      <h2>Кнопки</h2>
      <div class="acts">
        <button class="button">Основная</button>
        <button class="button quiet">Вторая</button>
        <button class="button plain">Ссылка-действие</button>
        <button class="button bad">Опасная</button>
        <button class="button bad quiet">Опасная вторая</button>
        <button class="button plain bad">Отменить запись</button>
      </div>
      <div class="acts">
        <button class="button big">Главная на странице</button>
        <button class="button gosuslugi">Войти через Госуслуги</button>
      </div>
      <div class="acts">
        <button class="button" aria-disabled="true" aria-describedby="pattern-why">
          Недоступна
        </button>
        <p class="why" id="pattern-why">
          Рядом всегда написано, почему и с какого времени
        </p>
      </div>
    </section>
  );
}

function Fields({ frame }: PatternsPageProps) {
  const errors = [{ field: 'pattern-email', error: 'email' }];
  return (
    <section class="card">
      <h2>Поля</h2>
      <ErrorSummary frame={frame} heading="Запись ещё не подтверждена" errors={errors} />
      <Field frame={frame} name="pattern-plain" label="Обычное" hint="Подсказка стоит до поля" input={{ class: 'mid', value: 'Анна' }} />
      <Field
        frame={frame}
        name="pattern-email"
        label="С ошибкой"
        error={errorOf(frame, errors, 'pattern-email')}
        input={{ class: 'mid', value: 'anna' }}
      />
      <label class="choice">
        <input type="checkbox" name="pattern-choice" />
        <span>
          Не отмечено<small>Пояснение</small>
        </span>
      </label>
    </section>
  );
}

function Notices() {
  return (
    <section class="stack">
      <h2>Сообщения</h2>
      <Notice tone="warn" icon="alert" lead="Что случилось." text="Что делать дальше." />
      <Notice tone="info" icon="info" lead="Что случилось." text="Что делать дальше." />
      <Notice tone="ok" icon="done" lead="Что случилось." text="Что делать дальше." />
      <Notice tone="bad" icon="broken" lead="Что случилось." text="Что делать дальше." />
    </section>
  );
}

function Cards({ frame }: PatternsPageProps) {
  const { now } = frame;
  const facts = factsByStatus(now);
  const talons = (Object.keys(facts) as Status[]).map(status => sampleTalon(frame, `pattern-${status}`, facts[status]));
  const reserved = sampleTalon(frame, 'pattern-refused', facts.reserved);
  const checking = sampleTalon(frame, 'pattern-checking', sampleFacts(now, { expiresAt: now - 20_000 }));
  const rescued = sampleTalon(
    frame,
    'pattern-rescued',
    sampleFacts(now, { expiresAt: now - 600_000, firmAt: now - 400_000, takenMinor: 250_000 }),
  );
  const late = sampleFacts(now, { firmAt: now - 86_400_000, takenMinor: 250_000, enteredAt: now - 900_000 }, -12 * 60_000);
  const delayed = [sampleTalon(frame, 'pattern-delayed', late), sampleTalon(frame, 'pattern-waited', late, true)];
  const all = [...talons, { ...reserved, refusedReason: 'insufficient_funds' }, checking, rescued, ...delayed];
  return (
    <section class="stack" hx-ignore="true">
      <h2>Талоны</h2>
      <ul class="talons" role="list">
        {all.map(talon => (
          <li>
            <AppointmentTalon frame={frame} talon={talon} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Payments({ frame }: PatternsPageProps) {
  const { now } = frame;
  const base = sampleTalon(frame, 'pattern-payment', sampleFacts(now, {}));
  const consultations = [
    sampleConsultation({ ...base, paymentOpen: true }),
    sampleConsultation({ ...base, refusedReason: '3d_secure_failed' }),
    sampleConsultation(base),
    sampleConsultation(
      sampleTalon(
        frame,
        'pattern-late',
        sampleFacts(now, { expiresAt: now - 300_000, lapsedAt: now - 240_000, takenMinor: 250_000, returningMinor: 250_000 }),
      ),
    ),
  ];
  return (
    <section class="stack" hx-ignore="true">
      <h2>Возврат с оплаты</h2>
      {consultations.map(consultation => (
        <PaymentReturn frame={frame} consultation={consultation} />
      ))}
    </section>
  );
}

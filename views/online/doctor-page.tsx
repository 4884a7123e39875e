// The page of one doctor: free slots by day, the reasons to visit this doctor, and facts about the doctor.
import { rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import { Crumb } from '../parts/crumb.tsx';
import { Obstacles, Warning } from '../parts/notice.tsx';
import { doctorName, doctorTitle, doctorTrade, Person } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import { SlotsOfDay, type SlotsOfDayProps } from './slots-of-day.tsx';

export type DoctorPageProps = SlotsOfDayProps;

export function DoctorPage(props: DoctorPageProps) {
  const { frame, doctor } = props;
  const { lang } = frame;
  const w = wordsOf(lang).online;
  return (
    <Layout frame={frame} title={doctorTitle(doctor, lang)} current="online">
      <div>
        <Crumb href="/online">{w.allDoctors}</Crumb>
        <Person given={doctor.givenName[lang]} family={doctor.familyName[lang]} large>
          <h1>{doctorName(doctor, lang)}</h1>
          <p>{doctorTrade(doctor, lang)}</p>
          <p>
            <b>{rub(doctor.priceMinor, lang)}</b> {w.forMinutes(doctor.durationMinutes)}
          </p>
        </Person>
      </div>
      <Obstacles frame={frame} />
      <div class="split">
        <div class="stack loose">
          <SlotsOfDay {...props} />
          <section class="stack">
            <h2>{w.topics}</h2>
            <ul>
              {w.topicList.map(topic => (
                <li>{topic}</li>
              ))}
            </ul>
          </section>
        </div>
        <About {...props} />
      </div>
      <Warning frame={frame} />
    </Layout>
  );
}

function About({ frame, doctor }: DoctorPageProps) {
  const { lang } = frame;
  const words = wordsOf(lang);
  const w = words.online;
  return (
    <aside class="stack">
      <div class="card">
        <p>
          <span class="big-num">{rub(doctor.priceMinor, lang)}</span>
          <br />
          <span class="muted">{w.video(words.frame.minutes(doctor.durationMinutes))}</span>
        </p>
        <dl class="facts">
          <div>
            <dt>{w.registry}</dt>
            <dd>
              {doctor.registryId} ({w.registryName})
            </dd>
          </div>
          <div>
            <dt>{w.sees}</dt>
            <dd>{doctor.patients[lang]}</dd>
          </div>
          <div>
            <dt>{w.languages}</dt>
            <dd>{doctor.languages[lang]}</dd>
          </div>
        </dl>
      </div>
    </aside>
  );
}

// «Онлайн-консультация»: the warning, the filter, the doctors. The filter works as a plain form; htmx replaces only the list.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import type { DoctorFilter, When } from './offers.ts';
import { Icon } from '../parts/icon.tsx';
import { Obstacles, Warning } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { DoctorsList, type DoctorsListProps } from './doctors-list.tsx';
import type { Specialty } from '../../workflows/rules/doctor.ts';

export type DoctorsPageProps = DoctorsListProps;

export function DoctorsPage(props: DoctorsPageProps) {
  const { frame } = props;
  const w = wordsOf(frame.lang).online;
  return (
    <Layout frame={frame} title={w.title} current="online">
      <h1>{w.title}</h1>
      <Warning frame={frame} />
      <Obstacles frame={frame} />
      <Filter frame={frame} filter={props.filter} specialties={props.specialties} />
      <DoctorsList {...props} />
    </Layout>
  );
}

interface FilterProps {
  readonly frame: Frame;
  readonly filter: DoctorFilter;
  readonly specialties: readonly Specialty[];
}

function Filter({ frame, filter, specialties }: FilterProps) {
  const w = wordsOf(frame.lang).online;
  return (
    <form
      class="card"
      role="search"
      action="/online"
      hx-get="/online"
      hx-trigger="submit, change"
      hx-target="#doctors"
      hx-swap="outerHTML"
      hx-push-url="true"
      hx-sync="this:replace"
    >
      <div class="cols">
        <div class="field">
          <label for="specialty">{w.specialty}</label>
          <select id="specialty" name="specialty">
            <option value="">{w.allSpecialties}</option>
            {specialties.map(({ id, name }) => (
              <option value={id} selected={id === filter.specialty}>
                {name[frame.lang]}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="name">
            {w.doctor} <small class="muted">({w.doctorHint})</small>
          </label>
          <input id="name" name="name" type="search" autoComplete="off" value={filter.name} />
        </div>
      </div>
      <fieldset class="field">
        <legend>{w.when}</legend>
        <div class="chips">
          {(Object.keys(w.whens) as When[]).map(when => (
            <label class="choice">
              <input type="radio" name="when" value={when} checked={when === filter.when} />
              {w.whens[when]}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="acts">
        <button class="button">
          <Icon name="search" />
          {w.find}
        </button>
      </div>
    </form>
  );
}

// The filters of a card: the kinds as links; year, doctor and words as forms that work without script. Words are posted, because an address stays in
// logs and in the history of a shared browser.
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';
import { cardAddress, isOwn } from './card-address.ts';
import type { CardView } from './card-view.ts';
import { cardDoctorName } from './entries.tsx';
import type { EntryKind } from '../../workflows/rules/card.ts';

interface Props {
  readonly frame: Frame;
  readonly view: CardView;
}

const KINDS = [null, 'protocol', 'file', 'upload'] as const satisfies readonly (EntryKind | null)[];

export function Kinds({ frame, view }: Props) {
  const w = wordsOf(frame.lang).card;
  const { filter, counts, owner } = view;
  const names = isOwn(owner) ? w.kinds : w.kindsDoctor;
  return (
    <nav aria-label={w.filter}>
      <ul class="tabs">
        {KINDS.map(kind => (
          <li>
            <a href={cardAddress(owner, { ...filter, kind, query: '' })} aria-current={filter.kind === kind ? 'page' : undefined}>
              {names[kind ?? 'all']} {kind !== null && counts[kind] > 0 && <span class="count">{counts[kind]}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function SearchForm({ frame, view }: Props) {
  const w = wordsOf(frame.lang).card;
  const { owner, filter } = view;
  return (
    <form role="search" class="field" method="post" action={`${cardAddress(owner).split('?')[0]}/search`}>
      {owner.relation === 'guardian' && <input type="hidden" name="person" value={owner.patientId} />}
      <label for="q">{w.search}</label>
      <p class="hint" id="q-hint">
        {w.searchHint}
      </p>
      <div class="row">
        <div class="grow">
          <input id="q" name="q" type="search" maxLength={100} aria-describedby="q-hint" value={filter.query} />
        </div>
        <button class="button quiet">
          <Icon name="search" />
          {w.searchDo}
        </button>
      </div>
    </form>
  );
}

/** Returns null when there is nothing to choose between. */
export function Narrow({ frame, view }: Props) {
  const w = wordsOf(frame.lang).card;
  const { owner, filter, years, doctors } = view;
  if (years.length < 2 && doctors.length < 2) return null;
  return (
    <form class="stack tight" action={cardAddress(owner).split('?')[0]}>
      {owner.relation === 'guardian' && <input type="hidden" name="person" value={owner.patientId} />}
      {filter.kind !== null && <input type="hidden" name="kind" value={filter.kind} />}
      <div class="cols">
        <Choice
          name="year"
          label={w.year}
          any={w.anyYear}
          chosen={String(filter.year ?? '')}
          options={years.map(year => [String(year), String(year)])}
        />
        <Choice
          name="doctor"
          label={w.doctor}
          any={w.anyDoctor}
          chosen={filter.doctorId ?? ''}
          options={doctors.map(doctor => [doctor.id, cardDoctorName(doctor, frame.lang)])}
        />
      </div>
      <div class="acts">
        <button class="button quiet">{w.show}</button>
      </div>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly any: string;
  readonly chosen: string;
  readonly options: readonly (readonly [value: string, text: string])[];
}

function Choice({ name, label, any, chosen, options }: ChoiceProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{any}</option>
        {options.map(([value, text]) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

// The data about the viewer that the clinic received from Gosuslugi; of SNILS only the last digits are shown.
import { documentDateOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

export function OwnData({ frame }: { readonly frame: Frame }) {
  const { viewer, clinic, lang } = frame;
  if (viewer === null) return null;
  const w = wordsOf(lang).consents.own;
  const name = [viewer.familyName, viewer.givenName, viewer.middleName].filter(Boolean).join(' ');
  const born = viewer.birthDate && documentDateOf(Date.parse(`${viewer.birthDate}T12:00:00Z`), clinic.zone, lang);
  const rows = [
    [w.name, name],
    [w.born, born],
    [w.snils, viewer.snilsMasked],
    [w.email, viewer.email],
  ] as const;
  return (
    <section class="card tight" aria-labelledby="own-h">
      <h2 id="own-h">{w.heading}</h2>
      <dl class="facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || w.unknown}</dd>
          </div>
        ))}
      </dl>
      <p class="small muted">{w.note}</p>
    </section>
  );
}

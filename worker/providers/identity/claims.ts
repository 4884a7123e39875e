// What Gosuslugi says about a person, as the clinic keeps it. Only a subject and a name are needed; any other claim that cannot be used is left out,
// because nobody may be locked out by an odd claim. Called by gosuslugi.ts.
import { lineOf, namedAs, cleanedJson } from '../../../workflows/rules/text.ts';
import { isBirthDate } from '../../booking/zone.ts';
import { addressIn } from '../../letters/address.ts';
import type { ProvenPerson } from './port.ts';

type Claims = Readonly<Record<string, unknown>>;

const NAME_CHARACTERS = 200;

/** Null when there is no name at all. `today` is YYYY-MM-DD. */
export function personOf(userinfo: object, subject: string, today: string): ProvenPerson | null {
  const claims = cleanedJson(userinfo) as Claims;
  const given = nameIn(claims, 'given_name') ?? nameIn(claims, 'name');
  const family = nameIn(claims, 'family_name');
  const first = given ?? family;
  if (first === null) return null;
  return {
    subject,
    // Some people have one name only.
    familyName: given === null ? '' : (family ?? ''),
    givenName: first,
    middleName: nameIn(claims, 'middle_name'),
    birthDate: birthDateIn(claims, today),
    sex: claims['gender'] === 'male' || claims['gender'] === 'female' ? claims['gender'] : null,
    snils: snilsIn(claims),
    email: claims['email_verified'] === true ? addressIn(lineIn(claims, 'email')) : null,
    phone: claims['phone_number_verified'] === true ? phoneIn(claims) : null,
    confirmed: claims['trusted'] === true,
  };
}

const lineIn = (claims: Claims, name: string): string => {
  const value = claims[name];
  return typeof value === 'string' ? lineOf(value) : '';
};

const nameIn = (claims: Claims, name: string): string | null => namedAs(lineIn(claims, name)).slice(0, NAME_CHARACTERS).trim() || null;

/** As OpenID Connect writes it or as ESIA does. A year alone or a withheld year (OIDC Core, 5.1) is no date of birth. */
function birthDateIn(claims: Claims, today: string): string | null {
  const said = lineIn(claims, 'birthdate').replace(/^(\d{2})\.(\d{2})\.(\d{4})$/, '$3-$2-$1');
  return isBirthDate(said, today) ? said : null;
}

/** With or without its spaces and dashes; kept as 000-000-000 00. */
function snilsIn(claims: Claims): string | null {
  const [, a, b, c, d] = /^(\d{3})(\d{3})(\d{3})(\d{2})$/.exec(lineIn(claims, 'snils').replace(/[\s-]/g, '')) ?? [];
  return a === undefined ? null : `${a}-${b}-${c} ${d}`;
}

/** E.164: a plus and up to fifteen digits. */
const phoneIn = (claims: Claims): string | null => /^\+\d{7,15}$/.exec(lineIn(claims, 'phone_number').replace(/[\s()-]/g, ''))?.[0] ?? null;

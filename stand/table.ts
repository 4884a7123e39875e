// The table printed when the stand is up: addresses, and the demo people with how they sign in. Called by up.ts.
import { DOCTORS, PATIENTS, STAFF } from './clinic/people.ts';
import { people as citizens } from './gosuslugi/people.ts';
import type { Urls } from './up.ts';

type Line = readonly [left: string, right: string];

const ROLES = {
  doctor: 'doctor',
  frontDesk: 'front desk',
  finance: 'finance',
  support: 'support',
  owner: 'owner',
  patient: 'patient',
} as const;

export function tableOf(urls: Urls): string {
  const addresses: Line[] = [
    [urls.cabinet, 'the cabinet: patients, doctors, the clinic'],
    [urls.console, 'Temporal’s web console: every consultation’s workflow'],
    [`${urls.gosuslugi}/__stand`, 'Gosuslugi of the stand'],
    [`${urls.yookassa}/__stand`, 'YooKassa of the stand'],
    [`${urls.signer}/__stand`, 'the signing service of the stand: the doctors’ certificates'],
    [urls.mail, 'the mailbox: every letter the clinic sent'],
  ];
  const people: Line[] = [patient(), ...[...DOCTORS.slice(0, 1), ...STAFF, ...PATIENTS].map(byCode)];
  const width = Math.max(...[...addresses, ...people].map(([left]) => left.length));
  const draw = ([left, right]: Line) => `  ${left.padEnd(width)}  ${right}`;
  return ['', ...addresses.map(draw), '', ...people.map(draw), '', '  Ctrl-C ends everything; what was stored stays.', ''].join('\n');
}

function patient(): Line {
  const [first] = citizens;
  const name = first === undefined ? 'anybody' : `${first.familyName} ${first.givenName}`;
  return [`patient: ${name}`, 'signs in with Gosuslugi, as every other person on its page'];
}

const byCode = ({ role, familyName, givenName, email }: (typeof STAFF)[number]): Line => [
  `${ROLES[role]}: ${familyName} ${givenName}`,
  `signs in with ${email} and the code from the mailbox`,
];

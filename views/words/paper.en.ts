// The English words of paper.ru.ts. No document is printed from them yet, but both languages must have all words.
import { plural } from '../format.ts';
import type { PaperWords } from './paper.ru.ts';

const lastedText = (minutes: number) =>
  minutes === 0 ? 'less than a minute' : `${minutes} ${plural('en', minutes, ['minute', 'minutes', 'minutes'])}`;

export const paperEn: PaperWords = {
  title: 'Record of a consultation by telemedicine',
  fileTitle: date => `Record of a consultation of ${date}`,
  versionOf: (version, date) => (version === 1 ? `Signed ${date}` : `Version ${version}, signed ${date}`),
  letterhead: { licence: 'Licence', phone: 'Tel.' },
  head: (clinic, date) => `${clinic}. Record of a consultation of ${date}`,
  foot: moment => `Signed ${moment}. Medical confidentiality`,
  pageOf: (page, pages) => `page ${page} of ${pages}`,

  patient: 'Patient',
  born: (name, date) => `${name}, born ${date}`,
  doctor: 'Doctor',
  doctorIs: (name, specialty, registryId) => `${name}, ${specialty}, number in the register of medical workers ${registryId}`,
  booked: 'Booked for',
  bookedAt: (day, clock) => `${day}, ${clock}, by video`,
  call: 'Held',
  metAt: (met, ended, minutes) => `in the call from ${met}, ended at ${ended}, together ${lastedText(minutes)}`,
  neverMet: 'the two were never in the video call at the same time',

  amendment: (version, first) => `This is an amendment: version ${version}. The first version was signed ${first} and is kept`,
  amendmentReason: reason => `Why it was amended: ${reason}`,

  fields: {
    complaints: 'Complaints in the patient’s words',
    anamnesis: 'History',
    objective: 'Findings, as far as video shows',
    documents: 'Papers that were shown',
    conclusion: 'Conclusion',
    recommendations: 'Recommendations',
    examinations: 'Examinations to take',
    prescriptions: 'Medicines prescribed',
  },
  answers: 'The patient’s answers before the visit',
  diagnosis: 'Diagnosis (ICD-10)',
  diagnosisIs: ({ code, title }) => `${code} ${title}`,
  inPerson: 'Visit in person',
  inPersonWhen: when => `Needed: ${when}`,
  closed: 'Diagnosis and medicines',
  closedWhy:
    'Not given: without a visit in person in this clinic a doctor neither diagnoses nor prescribes by video (article 36.2 of Federal Law 323-FZ).',

  seal: {
    simple: 'Signed with the doctor’s simple electronic signature',
    qualified: 'Signed with an enhanced qualified electronic signature',
    who: 'Who',
    when: 'When',
    certificate: 'Certificate',
    certificateOf: (serial, date) => `${serial}, valid until ${date}`,
    owner: 'Owner of the certificate',
    hash: 'Checksum of the text (SHA-256)',
    how: code => `Authenticity can be checked with the QR code or at the address below. Code: ${code}`,
    qrAlt: address => `QR code with the address for checking authenticity: ${address}`,
    linkAlt: address => `Check authenticity: ${address}`,
  },
  slot: name => `Electronic signature: ${name}`,
  attachment: 'The signed text of the record as JSON',
};

// The same words in English; what they are for stands in staff.ru.ts.
import { plural } from '../format.ts';
import type { Role } from '../model.ts';
import type { StaffWords } from './staff.ru.ts';

export const staffEn = {
  deskTitle: 'Today',
  deskHeading: day => `Today, ${day}`,
  deskLead: (clock, n) => `${clock} · ${n} ${plural('en', n, ['consultation', 'consultations', 'consultations'])}`,
  deskNext: clock => `next at ${clock}`,
  deskCaption: 'Consultations today',
  time: 'Time',
  patient: 'Patient',
  state: 'State',
  toDo: 'To do',
  lateWaits: n => `You are ${n} min late, the patient is waiting`,
  late: n => `You are ${n} min late`,
  lateReturned: 'The doctor was late, the money was returned',
  lateReturning: 'The doctor was late, the money is going back',
  unendedTitle: 'Not ended',
  unendedText: 'Record how the consultation ended: the protocol and the payment depend on it.',
  deskEmpty: 'No consultations today',
  deskEmptyText: 'When a patient books, the consultation appears here.',
  deskNote: 'The patient’s name leads to the consultation: video, chat and its end. After it the protocol opens here too.',
  title: 'Workplace',
  hello: name => `Hello, ${name}`,
  yourRoles: 'Your roles:',
  roles: { patient: 'patient', doctor: 'doctor', frontDesk: 'front desk', finance: 'finance', support: 'support', owner: 'administrator' },
  later: 'These sections are not open yet. Until they are, work the way you did before.',
  sections: {
    patient: [],
    doctor: ['“My schedule”'],
    frontDesk: ['“Schedule”', '“Consultations”'],
    finance: ['“Refunds”', '“Reconciliation”'],
    support: ['“Support”'],
    owner: ['“Staff”', '“Settings”', '“Journals”'],
  } as Record<Role, readonly string[]>,
  open: 'What is open now',
  openHelp: 'Help: the patient’s guide and frequent questions',
  openDoctors: 'Doctors and free times as a patient sees them',
} satisfies StaffWords;

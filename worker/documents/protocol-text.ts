// The texts of a protocol's PDF in their order: empty fields are left out, and fields closed by law are explained once. Called by
// protocol-pdf.ts.
import { clockOf, documentDateOf, rangeOf, zoneNameOf } from '../../views/format.ts';
import { wordsOf } from '../../views/words.ts';
import type { TextField } from '../../workflows/rules/protocol.ts';
import type { Named } from './blocks.ts';
import type { ProtocolDocument } from './protocol-document.ts';
import type { Seal } from './seal.ts';
import { groupedCode } from './verify-code.ts';

const w = wordsOf('ru').paper;

/** «24 ноября 2026 года, 15:20 (МСК)», in the clinic's zone. */
export const momentOf = (at: number, zone: string): string =>
  `${documentDateOf(at, zone, 'ru')}, ${clockOf(at, zone)}\u00a0(${zoneNameOf(at, zone, 'ru')})`;

export function factsOf({ clinic, patient, doctor, visit }: ProtocolDocument): Named[] {
  const { booked, metAt, endedAt } = visit;
  const day = documentDateOf(booked.startsAt, clinic.zone, 'ru');
  const clock = `${rangeOf(booked, clinic.zone)}\u00a0(${zoneNameOf(booked.startsAt, clinic.zone, 'ru')})`;
  const met = metAt === null ? null : clockOf(metAt, clinic.zone);
  return [
    [w.patient, patient.birthDate === null ? patient.name : w.born(patient.name, documentDateOf(noonOf(patient.birthDate), 'UTC', 'ru'))],
    [w.doctor, w.doctorIs(doctor.name, doctor.specialty.ru.toLowerCase(), doctor.registryId)],
    [w.booked, w.bookedAt(day, clock)],
    [w.call, met === null ? w.neverMet : w.metAt(met, clockOf(endedAt, clinic.zone), visit.togetherMinutes)],
  ];
}

const noonOf = (date: string): number => Date.parse(`${date}T12:00:00Z`);

export function amendmentOf({ amendment, version, clinic }: ProtocolDocument): { lead: string; text: string } | null {
  if (amendment === null) return null;
  const first = documentDateOf(amendment.firstAt, clinic.zone, 'ru');
  return { lead: w.amendment(version, first), text: w.amendmentReason(amendment.reason.trim()) };
}

export interface Section {
  readonly heading: string;
  readonly parts: readonly { readonly text: string; readonly isQuestion?: boolean }[];
}

const BEFORE_DIAGNOSIS = ['objective', 'documents'] as const;
const AFTER_DIAGNOSIS = ['conclusion', 'recommendations', 'examinations'] as const;

export function sectionsOf(document: ProtocolDocument): Section[] {
  const { content } = document;
  const written = (field: TextField): Section => ({ heading: w.fields[field], parts: [{ text: content[field] }] });
  return [
    written('complaints'),
    written('anamnesis'),
    { heading: w.answers, parts: document.answers.flatMap(answered) },
    ...BEFORE_DIAGNOSIS.map(written),
    { heading: w.diagnosis, parts: [{ text: content.diagnosis === null ? '' : w.diagnosisIs(content.diagnosis) }] },
    ...AFTER_DIAGNOSIS.map(written),
    { heading: w.inPerson, parts: [{ text: content.inPerson.isNeeded ? w.inPersonWhen(content.inPerson.when.trim()) : '' }] },
    written('prescriptions'),
    { heading: w.closed, parts: [{ text: isClosed(document) ? w.closedWhy : '' }] },
  ].flatMap(withText);
}

/** One explanation for both fields, because the law is the same. */
const isClosed = ({ guard, content }: ProtocolDocument): boolean =>
  guard.kind === 'locked' && content.diagnosis === null && content.prescriptions.trim() === '';

const answered = ({ question, answer }: ProtocolDocument['answers'][number]): Section['parts'] =>
  answer.trim() === '' ? [] : [{ text: question, isQuestion: true }, { text: answer }];

function withText({ heading, parts }: Section): Section[] {
  const said = parts.filter(({ text }) => text.trim() !== '');
  return said.length === 0 ? [] : [{ heading, parts: said }];
}

export function sealOf({ signature, verification, clinic }: ProtocolDocument): Seal {
  const { certificate, contentHash } = signature;
  const code = groupedCode(verification.code);
  return {
    title: certificate === null ? w.seal.simple : w.seal.qualified,
    facts: [
      [w.seal.who, signature.name],
      [w.seal.when, momentOf(signature.at, clinic.zone)],
      ...(certificate === null ? [] : certificateOf(certificate, clinic.zone)),
      [w.seal.hash, contentHash.replace(/(.{16})(?=.)/g, '$1 ')],
    ],
    how: w.seal.how(code),
    address: verification.address,
    qrAlt: w.seal.qrAlt(verification.address),
    linkAlt: w.seal.linkAlt(verification.address),
  };
}

const certificateOf = ({ owner, serial, validUntil }: NonNullable<ProtocolDocument['signature']['certificate']>, zone: string): Named[] => [
  [w.seal.certificate, w.seal.certificateOf(serial.toUpperCase().replace(/(..)(?=.)/g, '$1 '), documentDateOf(validUntil, zone, 'ru'))],
  [w.seal.owner, owner],
];

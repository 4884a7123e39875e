// The order in which a patient reads the fields of a protocol; diagnosis and prescriptions follow where the law lets them be.
import type { TextField } from '../../workflows/rules/protocol.ts';

export const PAPER_FIELDS = [
  'complaints',
  'anamnesis',
  'objective',
  'documents',
  'conclusion',
  'recommendations',
  'examinations',
] as const satisfies readonly TextField[];

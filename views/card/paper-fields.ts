// The order of the protocol's fields in the patient's document. Diagnosis and prescriptions follow them when the law allows these fields.
// Used by paper.tsx.
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

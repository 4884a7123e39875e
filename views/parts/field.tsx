// Form fields and their errors: an error stands before the control and in the summary above the form, in the same words.
import type { ComponentChildren, JSX } from 'preact';
import type { FieldError, Frame } from '../model.ts';
import { errorText, wordsOf } from '../words.ts';
import { Icon } from './icon.tsx';

export interface FieldProps {
  readonly frame: Frame;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** The error's sentence; null when there is none. */
  readonly error?: string | null;
  readonly input: JSX.IntrinsicElements['input'];
}

/** A field for an address is not of the type email: browsers rewrite a Cyrillic domain of such a field, and the person no longer sees what was typed. */
export const EMAIL_INPUT = {
  type: 'text',
  inputMode: 'email',
  autoComplete: 'email',
  autoCapitalize: 'none',
  spellcheck: false,
  maxLength: 254,
  required: true,
} as const;

export function Field({ frame, name, label, hint, error = null, input }: FieldProps) {
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldMistake frame={frame} id={`${name}-error`} text={error} />}
      <input id={name} name={name} aria-describedby={described || undefined} aria-invalid={error ? 'true' : undefined} {...input} />
    </div>
  );
}

export function FieldMistake({ frame, id, text }: { readonly frame: Frame; readonly id: string; readonly text: string }) {
  return (
    <p class="error" id={id}>
      <Icon name="alert" />
      <span>
        <span class="away">{wordsOf(frame.lang).frame.errorAway}</span>
        {text}
      </span>
    </p>
  );
}

export interface ErrorSummaryProps {
  readonly frame: Frame;
  readonly heading: string;
  readonly errors: readonly FieldError[];
  readonly children?: ComponentChildren;
}

/** The summary of errors above a form; its links lead to the fields by id. */
export function ErrorSummary({ frame, heading, errors, children }: ErrorSummaryProps) {
  if (errors.length === 0) return null;
  const words = wordsOf(frame.lang);
  return (
    <div class="errors" role="alert" tabIndex={-1}>
      <h2>{heading}</h2>
      {children}
      <ul>
        {errors.map(({ field, error }) => (
          <li>
            <a href={`#${field}`}>{errorText(words, error)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function errorOf(frame: Frame, errors: readonly FieldError[], field: string): string | null {
  const found = errors.find(e => e.field === field);
  return found ? errorText(wordsOf(frame.lang), found.error) : null;
}

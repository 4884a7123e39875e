// Uploads files to the medical card or to a refund claim: several files in one submit, sent one after another, each with its progress. A file that was refused
// is named together with the reason. Called by main.ts; without script the form sends one file.

import { type FileMistake, inspect } from '../../workflows/rules/file-contents.ts';
import { FILE_BYTES } from '../../workflows/rules/file.ts';

interface Said {
  /** «Добавляем {name}: {done} из {all}» */
  readonly adding: string;
  /** «Добавлено {done} из {all} …» */
  readonly some: string;
  /** «Файл {name} не добавлен.» */
  readonly failed: string;
  readonly broken: string;
  /** Messages by the `kind` of the answer. */
  readonly mistakes: Readonly<Record<string, string>>;
  /** The page to go to afterwards; the card when it is missing. */
  readonly to?: string;
}

export function runUploads(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-upload]')) {
    const said = JSON.parse(form.dataset.upload ?? '{}') as Said;
    delete form.dataset.upload;
    const input = form.querySelector<HTMLInputElement>('input[type=file]');
    if (input === null) continue;
    input.multiple = true;
    form.addEventListener('submit', event => {
      const files = [...(input.files ?? [])];
      // Without a file the form is sent as usual, and the server answers with the error.
      if (files.length === 0) return;
      event.preventDefault();
      void send(form, said, files);
    });
  }
}

async function send(form: HTMLFormElement, said: Said, files: readonly File[]): Promise<void> {
  const course = form.querySelector<HTMLElement>('[data-upload-course]');
  const line = course?.querySelector('p');
  const bar = course?.querySelector('progress');
  const button = form.querySelector('button');
  if (!course || !line || !bar || !button) return;
  course.hidden = false;
  button.setAttribute('aria-disabled', 'true');
  const failures: string[] = [];
  for (const [i, file] of files.entries()) {
    line.textContent = filled(said.adding, { name: file.name, done: String(i + 1), all: String(files.length) });
    // A file that would be refused is refused before its first byte is sent.
    const mistake = await mistakeOf(file);
    const end = mistake ?? (await sendOne(form, file, part => (bar.value = (i + part) / files.length)));
    if (end !== 'kept') failures.push(`${filled(said.failed, { name: file.name })} ${said.mistakes[end] ?? said.broken}`);
  }
  button.removeAttribute('aria-disabled');
  if (failures.length === 0) return location.assign(pageOf(form, said, 'kept'));
  bar.value = 1;
  const done = files.length - failures.length;
  const some = done > 0 ? [filled(said.some, { done: String(done), all: String(files.length) })] : [];
  line.textContent = [...failures, ...some].join(' ');
}

async function mistakeOf(file: File): Promise<FileMistake | null> {
  if (file.size > FILE_BYTES) return 'tooLarge';
  const inspected = inspect(new Uint8Array(await file.arrayBuffer()), null);
  return inspected.kind === 'fine' ? null : inspected.kind;
}

/** Returns the `kind` of the answer, or «broken» when the request failed or the answer has no kind. */
function sendOne(form: HTMLFormElement, file: File, progress: (part: number) => void): Promise<string> {
  const body = new FormData(form);
  body.set('file', file);
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.setRequestHeader('accept', 'application/json');
  request.responseType = 'json';
  return new Promise(resolve => {
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(loaded / total));
    request.addEventListener('load', () => resolve((request.response as { kind?: string } | null)?.kind ?? 'broken'));
    request.addEventListener('error', () => resolve('broken'));
    request.send(body);
  });
}

function pageOf(form: HTMLFormElement, said: Said, end: string): string {
  const person = new FormData(form).get('person');
  const query = new URLSearchParams({ ...(typeof person === 'string' ? { person } : {}), upload: end });
  return `${said.to ?? '/card'}?${query}`;
}

const filled = (text: string, places: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, place: string) => places[place] ?? '');

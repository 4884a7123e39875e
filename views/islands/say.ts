// Announces changes to screen readers in the layout's polite live region. A fragment has its current sentence in `data-say`; it is
// announced only when it differs from the previous one, so a poll that changed nothing stays silent.
const known = new Map<string, string>();

export function say(text: string | undefined): void {
  const region = document.getElementById('said');
  if (region && text) region.textContent = text;
}

/** Called at the start, when it only stores the sentences, and after every swap. */
export function sayChanges(): void {
  for (const fragment of document.querySelectorAll<HTMLElement>('[data-say][id]')) {
    const text = fragment.dataset.say ?? '';
    const before = known.get(fragment.id);
    if (before !== undefined && before !== text) say(text);
    known.set(fragment.id, text);
  }
}

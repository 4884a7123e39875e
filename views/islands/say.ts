// What changed by itself is said once, politely, in the layout's live region. A fragment tells in `data-say` what it now says; it is read
// aloud only when that differs from what was on the screen, so a poll that changed nothing stays silent.
const known = new Map<string, string>();

export function say(text: string | undefined): void {
  const region = document.getElementById('said');
  if (region && text) region.textContent = text;
}

/** Called once at the start, which only remembers, and after every swap. */
export function sayChanges(): void {
  for (const fragment of document.querySelectorAll<HTMLElement>('[data-say][id]')) {
    const text = fragment.dataset.say ?? '';
    const before = known.get(fragment.id);
    if (before !== undefined && before !== text) say(text);
    known.set(fragment.id, text);
  }
}

// What changed by itself is said once, politely, in the layout's live region.
let last = '';

export function say(text: string | undefined): void {
  const region = document.getElementById('said');
  if (!region || !text || text === last) return;
  last = text;
  region.textContent = text;
}

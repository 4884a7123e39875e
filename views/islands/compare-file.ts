// Compares a file on this device with a checksum on the page and shows whether they are the same. The file is read in the browser and sent
// nowhere. Called by main.ts.
export function compareFiles(): void {
  for (const field of document.querySelectorAll<HTMLElement>('[data-compare][hidden]')) {
    field.hidden = false;
    field.querySelector('input')?.addEventListener('change', ({ target }) => {
      const file = target instanceof HTMLInputElement ? target.files?.[0] : undefined;
      if (file) void compare(file, field.dataset);
    });
  }
}

async function compare(file: File, { compare: hash, same, other, failed }: DOMStringMap): Promise<void> {
  try {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    const found = [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
    if (found === hash) tell('ok', same);
    else tell('bad', other);
  } catch {
    // The file was removed, or the page was opened without TLS, where browsers offer no digest.
    tell('warn', failed);
  }
}

function tell(tone: string, text: string | undefined): void {
  const notice = document.createElement('p');
  notice.className = `notice ${tone}`;
  notice.textContent = text ?? '';
  document.getElementById('compared')?.replaceChildren(notice);
}

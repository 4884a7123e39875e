// What the headers of one part say about where the next part begins. Called by repair.ts and skeleton.ts.

/** The line that begins each part, without its end; null when the headers name none. */
export function boundaryIn(head: string): string | null {
  const found = /boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(head);
  return found === null ? null : `--${(found[1] ?? found[2] ?? '').trimEnd()}`;
}

const isBase64 = (head: string): boolean => /^content-transfer-encoding\s*:\s*base64/im.test(head);

/** Whether the body is a letter with headers of its own. */
export const isMessage = (head: string): boolean => /^content-type\s*:\s*message\/(rfc822|global)/im.test(head) && !isBase64(head);

/** Whether the body is one file in base64. */
export const isFile = (head: string): boolean => isBase64(head) && !/^content-type\s*:\s*(message|multipart|text)\//im.test(head);

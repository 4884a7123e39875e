// DOM helpers of all islands. Each page has only some of the elements, so the functions return null and accept null.

export const find = <E extends HTMLElement = HTMLElement>(mark: string, root: ParentNode = document): E | null =>
  root.querySelector<E>(mark);

export const all = <E extends HTMLElement = HTMLElement>(mark: string, root: ParentNode = document): E[] => [
  ...root.querySelectorAll<E>(mark),
];

/** Writes only what differs, so that live regions stay silent when nothing changed. */
export function write(element: Element | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

export function show(element: HTMLElement | null, isShown: boolean): void {
  if (element && element.hidden === isShown) element.hidden = !isShown;
}

/** Shows a track in a media element; null empties it. */
export function attach(media: HTMLMediaElement | null, track: MediaStreamTrack | null): void {
  if (!media) return;
  const [shown] = (media.srcObject as MediaStream | null)?.getTracks() ?? [];
  if (shown === (track ?? undefined)) return;
  media.srcObject = track ? new MediaStream([track]) : null;
}

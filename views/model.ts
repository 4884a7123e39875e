// The data that every page needs: the frame, the clinic, the viewer, doctors. Plain values that routes pass. Instants are ms, sums minor
// units.
import type { Lang } from '../workflows/rules/lang.ts';
import type { Clinic } from '../workflows/rules/clinic.ts';
import type { Viewer } from '../workflows/rules/person.ts';
import type { OpenDoor } from '../workflows/rules/admission.ts';

/** What the layout needs on every page. */
export interface Frame {
  readonly lang: Lang;
  /** Path and query of this page, used by the language link. */
  readonly path: string;
  readonly nonce: string;
  readonly now: number;
  readonly clinic: Clinic;
  /** The viewer's own IANA zone, sent by the browser; null means the clinic's. */
  readonly zone: string | null;
  readonly viewer: Viewer | null;
  readonly assets: {
    readonly style: string;
    readonly main: string;
    readonly htmx: string;
    readonly room: string;
    readonly check: string;
    readonly protocol: string;
  };
  /** The visit whose door is open for the viewer, for the strip on every page; absent or null when there is none. */
  readonly openDoor?: OpenDoor | null;
  /** Set on a developer's machine: the page reloads itself when the code changed. */
  readonly liveReload: boolean;
}

/** One error in a form: the field's name and a key of the words. */
export interface FieldError {
  readonly field: string;
  readonly error: string;
}

// The errors of the Calls API. An error of a whole call is thrown as a Refusal; an error of one track is a value in its result, and the
// status is still 200. The statuses 410 and 425 are this emulator's choice, because Cloudflare documents none.

type TrackErrorCode = 'not_found_track_error' | 'close_track_error' | 'invalid_params';

export interface TrackError {
  readonly errorCode: TrackErrorCode;
  readonly errorDescription: string;
}

export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }

  get body(): object {
    return { errorCode: this.code, errorDescription: this.message };
  }
}

export const invalidParams = (description: string) => new Refusal(406, 'invalid_params', description);
export const notEmulated = (what: string) => new Refusal(501, 'not_implemented', `The stand does not do ${what}.`);
export const sessionIsGone = () => new Refusal(410, 'session_error', 'The session is closed or does not exist.');

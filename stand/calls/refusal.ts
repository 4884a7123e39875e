// The errors of the Calls API. Whatever stops a whole call is thrown as a Refusal; what concerns one track is a value in its place in the
// answer, and the answer is 200 all the same. The statuses 410 and 425 are this emulator's choice: Cloudflare documents none.

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

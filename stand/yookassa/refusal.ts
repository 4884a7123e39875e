// The errors of YooKassa's API: when a request breaks one of its rules, a Refusal is thrown and answered in the form of the contract.
import { randomUUID } from 'node:crypto';

const codes: Partial<Record<number, string>> = {
  400: 'invalid_request',
  401: 'invalid_credentials',
  403: 'forbidden',
  404: 'not_found',
  429: 'too_many_requests',
};

export class Refusal extends Error {
  readonly status: number;
  readonly parameter?: string;

  constructor(status: number, description: string, parameter?: string) {
    super(description);
    this.status = status;
    this.parameter = parameter;
  }

  get body(): object {
    const { status, message, parameter } = this;
    const about = { type: 'error', id: randomUUID(), code: codes[status] ?? 'internal_server_error', description: message };
    return { ...about, ...(parameter === undefined ? {} : { parameter }), ...(status === 429 ? { retry_after: 1000 } : {}) };
  }
}

export const badRequest = (description: string, parameter?: string) => new Refusal(400, description, parameter);

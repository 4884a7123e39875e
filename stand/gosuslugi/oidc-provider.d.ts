// Types for the part of oidc-provider 9 that the stand uses: the package has no types, and DefinitelyTyped has those of version 9.1.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export type SigningKey = object;
  export interface Payload {
    grantId?: string;
    uid?: string;
    userCode?: string;
    consumed?: unknown;
  }

  export interface Adapter {
    upsert(id: string, payload: Payload, expiresIn?: number): Promise<void>;
    find(id: string): Promise<Payload | undefined>;
    findByUid(uid: string): Promise<Payload | undefined>;
    findByUserCode(code: string): Promise<Payload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export interface Context {
    status: number;
    body: unknown;
    type: string;
    set(header: string, value: string): void;
    readonly oidc: {
      readonly route: string;
      readonly params: { readonly scope?: string };
      readonly result?: { readonly login?: object };
      readonly client: { readonly clientId: string };
      readonly account?: { readonly accountId: string };
      readonly provider: Provider;
    };
  }

  export interface Interaction {
    readonly uid: string;
    readonly params: { readonly scope?: string; readonly redirect_uri?: string };
  }

  export type InteractionResult = { login: { accountId: string; remember: boolean } } | { error: string; error_description: string };

  export class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: new (about: {
      accountId: string;
      clientId: string;
    }) => Grant;
    use(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionResult(request: IncomingMessage, response: ServerResponse, result: InteractionResult): Promise<string>;
  }

  export namespace interactionPolicy {
    class Check {
      constructor(reason: string, description: string, check: (ctx: Context) => boolean);
    }
    class Prompt {
      constructor(info: { name: string; requestable: boolean }, ...checks: Check[]);
    }
  }

  export namespace errors {
    class SessionNotFound extends Error {}
  }
}

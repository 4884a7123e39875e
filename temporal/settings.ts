// Parses the host's settings from its environment, once at the start. A missing or malformed setting stops the start with a sentence that
// names it and its purpose. Called by host.ts.
import { z } from 'zod';
import { parseKeys } from '../worker/auth/message-signature.ts';
import { parseCodecKeys } from './codec.ts';

const text = z.string().min(1);
const optional = text.optional();

// @temporalio/envconfig is not installed; the names of TEMPORAL_* and their meanings are the ones it reads, without its TOML profiles.
const schema = z.object({
  PUBLIC_URL: z.url().describe('the address of the cabinet, to which activities are posted'),
  EDGE_URL: z.url().optional().describe('the address at which the host reaches the edge, where that is not PUBLIC_URL'),
  EDGE_KEYS: text.transform(parsedBy(parseKeys)).describe('the keys with which the edge and the host sign, as id:base64,id:base64'),
  CODEC_KEYS: text.transform(parsedBy(parseCodecKeys)).describe('the keys that encrypt workflow payloads, as id:base64,id:base64'),
  HOST_LISTEN: z
    .string()
    .regex(/^.+:\d+$/)
    .default('127.0.0.1:8788')
    .describe('where the gateway listens, as address:port'),
  CODEC_CONSOLE_ORIGIN: z
    .string()
    .default('')
    .describe('the origins of the web console where staff who are signed in may decode payloads; without it nobody may'),
  CODEC_TOKEN: z.string().min(16).optional().describe('the bearer token with which the command line may decode, 16 characters or more'),
  CLINIC_ZONE: z
    .string()
    .regex(/^[\w+/-]+$/)
    .default('Europe/Moscow')
    .describe('the time zone of the clinic as an IANA name, in which nightly work begins'),
  WORKFLOW_BUNDLE: optional.describe('the file of a prebuilt bundle of the workflows'),
  LOG_LEVEL: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR']).default('WARN').describe('how much is logged'),
  TEMPORAL_ADDRESS: text.default('127.0.0.1:7233').describe('the Temporal server, as host:port'),
  TEMPORAL_NAMESPACE: text.default('default').describe('the namespace on the Temporal server'),
  TEMPORAL_API_KEY: optional.describe('the key for Temporal Cloud'),
  TEMPORAL_TLS: z.stringbool().optional().describe('whether the connection to Temporal is encrypted, true or false'),
  TEMPORAL_TLS_CLIENT_CERT_PATH: optional.describe('the file of the client certificate'),
  TEMPORAL_TLS_CLIENT_CERT_DATA: optional.describe('the client certificate itself'),
  TEMPORAL_TLS_CLIENT_KEY_PATH: optional.describe('the file of the client certificate’s private key'),
  TEMPORAL_TLS_CLIENT_KEY_DATA: optional.describe('the client certificate’s private key itself'),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: optional.describe('the file of the authority that the server is checked against'),
  TEMPORAL_TLS_SERVER_CA_CERT_DATA: optional.describe('the authority that the server is checked against'),
  TEMPORAL_TLS_SERVER_NAME: optional.describe('the name that the server’s certificate must bear'),
});

export type Settings = z.output<typeof schema>;

/** Returns the settings, or all complaints about them, one sentence each. An empty value counts as missing. */
export function parseSettings(
  env: Record<string, string | undefined>,
): { readonly kind: 'parsed'; readonly settings: Settings } | { readonly kind: 'refused'; readonly complaints: readonly string[] } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return { kind: 'parsed', settings: parsed.data };

  const names = new Set(parsed.error.issues.map(issue => String(issue.path[0])));
  const complaints = [...names].map(name => `${name} is ${given[name] === undefined ? 'missing' : 'malformed'}: ${purposeOf(name)}.`);
  return { kind: 'refused', complaints };
}

/** Where the gateway listens. */
export function listenerOf({ HOST_LISTEN }: Settings): { readonly hostname: string; readonly port: number } {
  const colon = HOST_LISTEN.lastIndexOf(':');
  return { hostname: HOST_LISTEN.slice(0, colon), port: Number(HOST_LISTEN.slice(colon + 1)) };
}

const purposeOf = (name: string): string =>
  Object.entries(schema.shape).find(([key]) => key === name)?.[1].description ?? 'a setting of the host';

function parsedBy<T>(parse: (text: string) => T) {
  return (value: string, context: z.RefinementCtx): T => {
    try {
      return parse(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'malformed' });
      return z.NEVER;
    }
  };
}

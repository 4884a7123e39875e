// The connection options for the Temporal server, shared by the gateway's client and the worker. Called by host.ts and worker.ts.
import { readFileSync } from 'node:fs';
import { Connection, type ConnectionOptions, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { Settings } from './settings.ts';

type Reach = Pick<ConnectionOptions, 'address' | 'tls'> & { readonly apiKey?: string };

/** TLS is used when TEMPORAL_TLS is true, or when it is not set and a certificate, an authority or a Cloud key is given. */
export function reachOf(settings: Settings): Reach {
  const certificate = contentOf(settings.TEMPORAL_TLS_CLIENT_CERT_DATA, settings.TEMPORAL_TLS_CLIENT_CERT_PATH);
  const key = contentOf(settings.TEMPORAL_TLS_CLIENT_KEY_DATA, settings.TEMPORAL_TLS_CLIENT_KEY_PATH);
  const authority = contentOf(settings.TEMPORAL_TLS_SERVER_CA_CERT_DATA, settings.TEMPORAL_TLS_SERVER_CA_CERT_PATH);
  const wanted = certificate !== undefined || authority !== undefined || settings.TEMPORAL_API_KEY !== undefined;
  const encrypted = settings.TEMPORAL_TLS ?? wanted;

  return {
    address: settings.TEMPORAL_ADDRESS,
    ...(settings.TEMPORAL_API_KEY === undefined ? {} : { apiKey: settings.TEMPORAL_API_KEY }),
    tls: encrypted && {
      ...(certificate !== undefined && key !== undefined ? { clientCertPair: { crt: certificate, key } } : {}),
      ...(authority === undefined ? {} : { serverRootCACertificate: authority }),
      ...(settings.TEMPORAL_TLS_SERVER_NAME === undefined ? {} : { serverNameOverride: settings.TEMPORAL_TLS_SERVER_NAME }),
    },
  };
}

/** A connection that its first call opens. Its calls end by their deadline, retries included. */
export const connectionTo = (reach: Reach): Connection => Connection.lazy({ ...reach, interceptors: [retryUntilDeadline] });

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];
const RETRY = defaultGrpcRetryOptions();

// The SDK waits up to five seconds before it tries again, whatever the deadline, and nothing cancels that wait. If the connection is closed meanwhile,
// its timer throws «Channel has been shut down», which ends the process.
const retryUntilDeadline: Interceptor = (options, nextCall) => {
  const leftMs = () => Number(options.deadline ?? Number.POSITIVE_INFINITY) - Date.now();
  const retry = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => leftMs() > 0 && RETRY.retryableDecider(attempt, status),
    delayFunction: (attempt, status) => Math.min(leftMs(), RETRY.delayFunction(attempt, status)),
  });
  return retry(options, nextCall);
};

function contentOf(data: string | undefined, path: string | undefined): Buffer | undefined {
  if (data !== undefined) return Buffer.from(data);
  return path === undefined ? undefined : readFileSync(path);
}

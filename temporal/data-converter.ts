// The data converter with which the client and the worker read and write payloads. Called by host.ts, worker.ts and tests.
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { type CodecKeys, codecOf } from './codec.ts';

export const FAILURE_CONVERTER_PATH = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

export const dataConverterOf = (keys: CodecKeys): DataConverter => ({
  payloadCodecs: [codecOf(keys)],
  failureConverterPath: FAILURE_CONVERTER_PATH,
});

// Puts the messages and stacks of failures into payloads, so that the codec encrypts them too. Loaded by path into the client, the worker and
// the workflow bundle, see data-converter.ts.
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });

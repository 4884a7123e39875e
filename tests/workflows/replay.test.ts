// Workflows that started under an earlier version must continue under this one: every recorded history is replayed against the current
// code.
import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, test } from 'vitest';
import { workflowBundle } from './server.ts';

const folder = new URL('./histories/', import.meta.url);
const names = readdirSync(folder, { recursive: true })
  .map(String)
  .filter(name => name.endsWith('.json'));
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const replayed = async (text: string) => Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, JSON.parse(text));

describe('a recorded history', () => {
  test('exists for every path of the story', () => {
    expect(names.map(name => name.replace(/^.*\//, '')).sort()).toEqual(
      expect.arrayContaining([
        'attended.json',
        'claimSigned.json',
        'claimUnsigned.json',
        'doctorLateMoved.json',
        'doctorLateReturned.json',
        'failed.json',
        'lapsed.json',
        'movedAndCancelled.json',
        'neverConcluded.json',
        'rescued.json',
        'reserved.json',
        'returned.json',
      ]),
    );
  });

  test.each(names)('goes on under this code: %s', async name => {
    await expect(replayed(textOf(name))).resolves.toBeUndefined();
  });

  test('does not go on when an activity was renamed, so that such a change cannot pass unseen', async () => {
    const renamed = textOf('v1/lapsed.json').replaceAll('"settleExpiry"', '"endHold"');

    await expect(replayed(renamed)).rejects.toBeInstanceOf(DeterminismViolationError);
  });
});

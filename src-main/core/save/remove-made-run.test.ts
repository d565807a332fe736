import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { removeMadeRun } from './remove-made-run.ts';

/** A run that was made for a save, which failed as its weights went away. */
async function afterFailure() {
  const made = join(temporaryFolder(), 'a');
  const run = join(made, 'run');
  mkdirSync(run, { recursive: true });
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  const chunks = (async function* () {
    yield new Uint8Array(10);
    throw new Error('the weights are gone');
  })();
  await expect(manager.saveBestModel({ source: { chunks, size: null }, reward: 1 })).rejects.toThrow();
  return { made, run };
}

test('a run that was made for a save that failed goes with all that was made for it', async () => {
  const { made, run } = await afterFailure();
  expect(existsSync(join(run, '.cairn/log.jsonl'))).toBe(true);
  expect(await removeMadeRun(run, made)).toBe(true);
  expect(existsSync(made)).toBe(false);
});

test('what somebody else put there meanwhile stays, and so does the log', async () => {
  const { made, run } = await afterFailure();
  put(run, 'best_models/other.pt', 'x');
  expect(await removeMadeRun(run, made)).toBe(false);
  expect(existsSync(join(run, 'best_models/other.pt'))).toBe(true);
  expect(existsSync(join(run, '.cairn/log.jsonl'))).toBe(true);
});

import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passesVerify } from '../../../shared/model/integrity.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { hasTorch } from '../packing/python.fixture.ts';
import { openVerified, PythonSaver, pythonTimeout } from './python-saver.fixture.ts';

const seed = 1;
let python: PythonSaver;

/**
 * Whatever was acknowledged is there and verified, whatever else is there is whole, and the next save finds nothing in its way. The
 * script has looked after each death.
 */
async function expectSound(run: string, acknowledged: readonly string[]): Promise<void> {
  const manager = await openVerified(run);
  const states = new Map(manager.versions().map(({ id, integrity }) => [id, integrity.state]));
  for (const path of acknowledged) {
    const id = relative(run, path);
    expect([id, states.get(id)]).toEqual([id, 'verified']);
  }
  expect([...states].filter(([, state]) => !passesVerify(state))).toEqual([]);
  const numbers = manager.versions().flatMap(({ version }) => version ?? []);
  expect(new Set(numbers).size).toBe(numbers.length);
  const next = await python.save(run, [
    { kind: 'save_best_model', reward: '1' },
    { kind: 'save_checkpoint', notes: 'after' },
  ]);
  for (const id of next) expect(existsSync(join(run, id))).toBe(true);
  const names = ['best_models', 'checkpoints'].flatMap((folder) => readdirSync(join(run, folder)));
  expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
}

describe.runIf(hasTorch)('saves of examples/cairn_callback.py', { timeout: pythonTimeout }, () => {
  beforeAll(() => {
    python = new PythonSaver();
  });
  afterAll(() => python.kill());

  test('that are killed before any of their calls to the system lose nothing acknowledged and tear nothing', async () => {
    const run = temporaryFolder();
    const lines = await python.order('die_everywhere', { run });
    const calls = Number.parseInt(lines.pop() ?? '', 10);
    expect(calls).toBeGreaterThan(40);
    expect(lines.length).toBeGreaterThan(calls / 4);
    await expectSound(run, lines);
  });

  test('that are killed at random moments lose nothing acknowledged and tear nothing', async () => {
    const run = temporaryFolder();
    const lines = await python.order('die_at_random', { run, seed, rounds: 20 });
    expect(lines.length).toBeGreaterThanOrEqual(20);
    await expectSound(run, lines);
  });

  test.each([true, false])(
    'from several processes at once never have one number, locked: %s',
    async (locked) => {
      const run = temporaryFolder();
      const paths = await python.order('at_once', { run, processes: 4, saves: 9, locked });
      expect(new Set(paths).size).toBe(36);
      await expectSound(run, paths);
    },
  );
});

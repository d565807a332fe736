import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { judgeRun } from './judge-run.ts';

const rules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' } as const;

/** A run of three models of which the second is the best, once something was done to its sidecar. */
async function runWith(damage: (sidecar: string) => void) {
  const run = temporaryFolder();
  const ids = [0.1, 0.9, 0.5].map((reward, index) =>
    saveModel(run, index + 1, { reward, sidecar: { reward } }),
  );
  damage(join(run, String(ids[1]).replace('.pt', '.json')));
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  return { ids, manager };
}

test('the best of which the sidecar cannot be read is said to have its value from its name', async () => {
  const { ids, manager } = await runWith((sidecar) => truncateSync(sidecar, 4));
  const { best, value, warnings } = await judgeRun(manager);
  expect([best, value]).toEqual([ids[1], 0.9]);
  expect(warnings[0]).toMatch(
    /^The best has its \w+ from its name, or from a log: its sidecar is not valid JSON/,
  );
});

test('the best of which the sidecar has metrics of no use is said to be in doubt; any other is not', async () => {
  const doubted = await runWith((sidecar) => writeFileSync(sidecar, '{"reward": 0.9, "metrics": [9]}'));
  const { best, warnings } = await judgeRun(doubted.manager);
  expect(best).toBe(doubted.ids[1]);
  expect(warnings[0]).toMatch(/^The record of the best is in doubt: its sidecar's metrics cannot be used/);
  const sound = await runWith(() => undefined);
  expect((await judgeRun(sound.manager)).warnings.join()).not.toContain('sidecar');
});

test('a plan calls the same version the best as `best` does, and the best that it relies on by another word', async () => {
  const { ids, manager } = await runWith((sidecar) => truncateSync(sidecar, 4));
  expect((await manager.best()).id).toBe(ids[1]);
  const { decisions } = await manager.planPrune(rules);
  const reasonsOf = (id: string | undefined) => decisions.find((each) => each.id === id)?.reasons;
  expect(reasonsOf(ids[1])).toEqual([expect.stringMatching(/^its sidecar/), 'the best intact version']);
  expect(reasonsOf(ids[2])).toContain('the best intact version whose record is to be believed');
});

test('where names alone tell the values, which are rounded, it is said that they do not tell which is better', async () => {
  const run = temporaryFolder();
  const open = async () => {
    const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
    onTestFinished(() => manager.close());
    await manager.look();
    return (await judgeRun(manager)).warnings;
  };
  const ids = [0.43462, 0.43458].map((reward, index) =>
    saveModel(run, index + 1, { reward, sidecar: { reward } }),
  );
  const told = (whose: string) =>
    `A name alone tells the value of ${whose}, to 4 decimals: which of the two is better cannot be told.`;
  expect((await open()).join()).not.toContain('A name alone');
  rmSync(join(run, String(ids[1]).replace('.pt', '.json')));
  expect(await open()).toContain(told('the next'));
  rmSync(join(run, String(ids[0]).replace('.pt', '.json')));
  expect(await open()).toContain(told('the best and the next'));
  saveModel(run, 3, { reward: 0.4347, sidecar: { reward: 0.4347 } });
  expect((await open()).join()).not.toContain('A name alone');
});

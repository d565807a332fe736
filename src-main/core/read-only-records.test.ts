import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from './catalog/run.fixture.ts';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ModelManager } from './model-manager.ts';

async function open(run: string, appData = temporaryFolder()): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData, config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** A run whose owner chose its metric, and noted something; it may not be written to any more. */
async function readOnlyRun() {
  const run = temporaryFolder();
  const ids = [1, 2].map((number) =>
    saveModel(run, number, { sidecar: { metrics: { sharpe: 9 - number } } }),
  );
  const [first = '', second = ''] = ids;
  const manager = await open(run);
  await manager.mark([first], 'pin', (mark) => ({ ...mark, pinned: true, notes: 'the good one' }));
  await manager.choose((choices) => ({ ...choices, metric: 'sharpe' }));
  chmodSync(run, 0o555);
  onTestFinished(() => chmodSync(run, 0o755));
  return { run, first, second };
}

test('a run that must not be written to has the pins, the notes and the metric that are in it', async () => {
  const { run, first, second } = await readOnlyRun();
  const manager = await open(run);
  expect(manager.metric.name).toBe('sharpe');
  expect(manager.version(first)).toMatchObject({ pinned: true, notes: 'the good one', is_best: true });
  expect(manager.version(second)).toMatchObject({ pinned: false, is_best: false });
});

test('what is noted of it is added in the app’s data, and the run stays as it is', async () => {
  const { run, first, second } = await readOnlyRun();
  const [appData, marks] = [temporaryFolder(), join(run, '.cairn/marks.json')];
  const before = readFileSync(marks, 'utf8');
  const manager = await open(run, appData);
  await manager.mark([second], 'note', (mark) => ({ ...mark, notes: 'mine' }));
  await manager.choose((choices) => ({ ...choices, metric: 'mean_reward' }));
  await manager.look();
  for (const each of [manager, await open(run, appData)]) {
    expect(each.version(first)).toMatchObject({ pinned: true, notes: 'the good one' });
    expect(each.version(second)).toMatchObject({ notes: 'mine' });
    expect(each.metric.name).toBe('mean_reward');
  }
  expect(readFileSync(marks, 'utf8')).toBe(before);
  expect(existsSync(join(manager.bookkeeping, 'marks.json'))).toBe(true);
});

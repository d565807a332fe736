import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../../core/files/temporary-folder.fixture.ts';
import { writeTorchNotes } from '../../core/formats/fixtures/write-notes.ts';
import { RunReader } from '../../core/run-reader.ts';
import { choose, judge } from './choose.ts';

test('best knows what was saved twice by steps that stand in files alone, as the window does', async () => {
  const run = temporaryFolder();
  for (const [version, step] of [100, 200, 200].entries()) {
    const stem = `best_models/model_v000${version}_reward0.${step}0_20240101_00000${version}`;
    put(run, `${stem}.pt`, writeTorchNotes({ training_state: { global_step: step }, version }));
    put(run, `${stem}.json`, JSON.stringify({ version, reward: step / 1000 }));
  }
  const manager = new RunReader(run, { appData: temporaryFolder() });
  await manager.look();
  const { id, metric } = await choose(manager, { what: 'best' });
  if (id === null || metric === null) throw new Error('there is no best');
  expect(await judge(manager, metric, id)).toMatchObject({
    candidates: 2,
    passed_over: [{ why: 'saved twice', versions: 1 }],
  });
});

import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { writeZip } from '../formats/fixtures/write-zip.ts';
import { ModelManager } from '../model-manager.ts';
import { removedBy } from './plan-with-survivors.ts';

const archive = writeZip([{ name: 'rows.csv', data: Buffer.from('1,2') }]);

/** Two checkpoints, and an archive that was written after them. */
async function open(others: readonly string[]): Promise<ModelManager> {
  const run = temporaryFolder();
  for (const step of [1, 2]) put(run, `model_step_${step}.pt`, writeTorchZip([step]));
  for (const name of others) put(run, name, archive);
  const names = ['model_step_1.pt', 'model_step_2.pt', ...others];
  for (const [at, name] of names.entries()) utimesSync(join(run, name), at + 1, at + 1);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

test.each(['verified', 'read'])(
  'an archive that is no checkpoint takes no place of one in a run that was %s, and stays',
  async (how) => {
    const manager = await open(['dataset.zip']);
    if (how === 'verified') await manager.verify(null, () => undefined);
    const plan = await manager.planPrune({ keepBest: null, keepLatest: 1, keepEvery: null, kinds: 'all' });
    expect([...removedBy(plan)]).toEqual(['model_step_1.pt']);
    expect(plan.decisions.find(({ id }) => id === 'dataset.zip')?.reasons.join()).toContain(
      'not a checkpoint',
    );
  },
);

test('an archive that is no checkpoint is never the latest, whatever it is called, and why is told', async () => {
  const manager = await open(['dataset.zip', 'weights.pt']);
  expect(await manager.latest()).toEqual({
    id: 'model_step_2.pt',
    passedOver: ['weights.pt', 'dataset.zip'].map((id) => ({
      id,
      why: 'not a checkpoint that Cairn knows, which others here are',
    })),
  });
  expect(manager.badges.latest).toBe('model_step_2.pt');
});

test('where no checkpoint is recognised in any file, all are what their trainer writes', async () => {
  const run = temporaryFolder();
  for (const step of [1, 2]) put(run, `model_step_${step}.zip`, archive);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  expect((await manager.latest()).id).toBe('model_step_2.zip');
});

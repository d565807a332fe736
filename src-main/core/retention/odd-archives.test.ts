import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { writeZip } from '../formats/fixtures/write-zip.ts';
import { ModelManager } from '../model-manager.ts';
import { removedBy } from './plan-with-survivors.ts';

test('an archive that is no checkpoint takes no place of one once the run is verified, and stays', async () => {
  const run = temporaryFolder();
  for (const step of [1, 2]) put(run, `model_step_${step}.pt`, writeTorchZip([step]));
  put(run, 'dataset.zip', writeZip([{ name: 'rows.csv', data: Buffer.from('1,2') }]));
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  await manager.verify(null, () => undefined);
  const plan = await manager.planPrune({ keepBest: null, keepLatest: 1, keepEvery: null, kinds: 'all' });
  expect([...removedBy(plan)]).toEqual(['model_step_1.pt']);
  expect(plan.decisions.find(({ id }) => id === 'dataset.zip')?.reasons.join()).toContain('not a checkpoint');
});

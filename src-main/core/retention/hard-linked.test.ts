import { copyFileSync, linkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { removedBy } from './plan-with-survivors.ts';

const rules = { keepBest: null, keepLatest: 2, keepEvery: null, kinds: 'all' } as const;

/** As timm keeps one file under two names. */
async function open(): Promise<ModelManager> {
  const run = temporaryFolder();
  for (const epoch of [1, 2, 3]) put(run, `model_step_${epoch}.pt`, writeTorchZip([epoch]));
  linkSync(join(run, 'model_step_3.pt'), join(run, 'kept_step_3.pt'));
  copyFileSync(join(run, 'model_step_1.pt'), join(run, 'copied_step_1.pt'));
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

test('one file under two names fills one place, before anybody read it', async () => {
  const manager = await open();
  await manager.readOwnRecords();
  const { decisions } = manager.simulatePrune(rules);
  const reasons = new Map(decisions.map(({ id, reasons: why }) => [id, why.join(', ')]));
  expect(reasons.get('model_step_2.pt')).toContain('latest');
  const same = ['kept_step_3.pt', 'model_step_3.pt'].map((id) => reasons.get(id));
  expect(same.filter((why) => why?.startsWith('same bytes as'))).toHaveLength(1);
});

test('what is simulated is what is planned once survivors were read', async () => {
  const manager = await open();
  const plan = await manager.planPrune(rules);
  expect(removedBy(plan).has('model_step_2.pt')).toBe(false);
  expect(removedBy(manager.simulatePrune(rules))).toEqual(removedBy(plan));
});

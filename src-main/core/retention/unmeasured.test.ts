import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';

test('what has no value to be ranked by stays as long as the run has places', async () => {
  const manager = new ModelManager(temporaryFolder(), {
    appData: temporaryFolder(),
    config: { max_best_models: 3 },
  });
  onTestFinished(() => manager.close());
  const save = async (reward: number) => {
    const bytes = writeTorchZip([manager.totals().count + 1]);
    const { pruned } = await manager.saveBestModel({
      source: { chunks: [bytes], size: bytes.length },
      reward,
    });
    return pruned.map((id) => /v\d+/.exec(id)?.[0]);
  };
  expect(await save(1)).toEqual([]);
  expect(await save(Number.NaN)).toEqual([]);
  expect(await save(2)).toEqual([]);
  expect(await save(3)).toEqual(['v0002']);
  await manager.look();
  expect(manager.totals().count).toBe(3);
});

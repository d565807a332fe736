import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';

function open(run: string, config: Partial<StorageConfig>): ModelManager {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  return manager;
}

const of = (count: number) => {
  const bytes = writeTorchZip([count]);
  return { source: { chunks: [bytes], size: bytes.length }, reward: count };
};

test.each([
  ['packed', { compression: 'gzip' }, 'checkpoints/checkpoint.pt.gz'],
  ['in a folder that is spelt with a dot', { checkpoint_dir: './ck/' }, 'ck/checkpoint.pt'],
] as const)('the checkpoint is loaded, and never pruned by rules: %s', async (_, config, id) => {
  const manager = open(temporaryFolder(), config);
  expect((await manager.saveCheckpoint(of(1))).id).toBe(id);
  for (const count of [2, 3]) await manager.saveBestModel(of(count));
  await manager.look();
  expect((await manager.loadCheckpoint()).state.file.id).toBe(id);
  const { decisions } = await manager.planPrune({
    keepBest: 1,
    keepLatest: 1,
    keepEvery: null,
    kinds: 'all',
  });
  expect(decisions.find((each) => each.id === id)).toMatchObject({ keep: true });
});

test('the checkpoint of the oldest generation, in the run itself, is loaded', async () => {
  const run = temporaryFolder();
  put(run, 'checkpoint.pt', writeTorchZip([4]));
  const manager = open(run, {});
  await manager.look();
  expect((await manager.loadCheckpoint()).state.file.id).toBe('checkpoint.pt');
  await expect(manager.loadCheckpoint('other.pt')).rejects.toThrow('no version checkpoints/other.pt');
});

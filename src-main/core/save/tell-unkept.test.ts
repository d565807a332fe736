import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';

function opened(config: { save_metadata: boolean; atomic_saves?: boolean }) {
  const manager = new ModelManager(temporaryFolder(), { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  const request = (reward: number) => {
    const bytes = writeTorchZip([reward]);
    return { source: { chunks: [bytes], size: bytes.length }, reward };
  };
  const told = ({ warnings }: { warnings: readonly string[] }) =>
    warnings.filter((each) => each.includes('save_metadata'));
  return {
    best: async (reward: number) => told(await manager.saveBestModel(request(reward))),
    checkpoint: async () => told(await manager.saveCheckpoint(request(1))),
  };
}

test.each([true, false])(
  'a save without a sidecar says what of its numbers its name keeps; atomic: %s',
  async (atomic_saves) => {
    const { best, checkpoint } = opened({ save_metadata: false, atomic_saves });
    const kept = (what: string) => `of its reward and metrics its name alone keeps ${what}`;
    expect(await best(0.12344)).toEqual([
      kept('0.1234, as save_metadata: false asks, and it is ranked by that, not by 0.12344'),
    ]);
    expect(await best(-0.5)).toEqual([kept('-0.5, as save_metadata: false asks')]);
    expect(await best(Number.NaN)).toEqual([kept('NaN, as save_metadata: false asks')]);
    expect(await checkpoint()).toEqual([
      'its reward and metrics are kept nowhere, as save_metadata: false asks',
    ]);
  },
);

test('one with a sidecar has nothing to say of that', async () => {
  const { best, checkpoint } = opened({ save_metadata: true });
  expect([await best(0.12344), await checkpoint()]).toEqual([[], []]);
});

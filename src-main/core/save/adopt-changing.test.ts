import { copyFileSync, cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { VersionKind } from '../../../shared/model/version.ts';
import { sampleRun } from '../catalog/measurements/evaluations.fixture.ts';
import { sha256 } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put } from '../files/temporary-folder.fixture.ts';
import { referenceCheckpoint } from '../packing/reference-checkpoint.ts';
import { torchSource } from '../packing/torch-source.ts';
import { tensorOf } from '../packing/torch-value.ts';
import { watchFolder } from './watched-folder.fixture.ts';

const soon = { timeout: 10_000, interval: 50 };
const folderVersion = join(import.meta.dirname, '../../../e2e/fixtures/layouts/huggingface/checkpoint-500');

/** A checkpoint that says how good it is. */
async function checkpointOf(reward: number): Promise<Buffer> {
  const model = { w: tensorOf(Float32Array.of(reward)) };
  const metadata = { version: 1, timestamp: '2026-01-01T00:00:00', reward, metrics: {} };
  const parts: Uint8Array[] = [];
  for await (const part of torchSource(referenceCheckpoint({ model, trainingState: {}, metadata })).chunks)
    parts.push(Uint8Array.from(part));
  return Buffer.concat(parts);
}

/** Watches a folder to which training does something just as its first save has the lock. */
function watchWhile(
  kind: VersionKind,
  happen: (folder: string) => void,
  config: Partial<StorageConfig> = {},
) {
  const disk = new FaultDisk(realDisk);
  const watched = watchFolder(kind, config, disk);
  const place = join(watched.run, kind === 'best' ? 'best_models' : 'checkpoints');
  disk.before = (call) => {
    if (!call.includes(place)) return;
    disk.before = () => undefined;
    happen(watched.folder);
  };
  return watched;
}

test.each([{}, { compression: 'gzip' }, { atomic_saves: false }] as const)(
  'a file that takes the place of one that was verified is saved by its own reward, and once: %o',
  async (config) => {
    const [first, second] = [await checkpointOf(9), await checkpointOf(1)];
    const replace = (folder: string) => renameSync(put(folder, '.next', second), join(folder, 'last.pt'));
    const { folder, manager, told, begin } = watchWhile('best', replace, config);
    put(folder, 'last.pt', first);
    begin();
    await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
    await manager.look();
    const [saved] = told.saved;
    const version = manager.describe(saved?.id ?? '');
    expect([saved?.from, version.reward, version.integrity.state]).toEqual(['last.pt', 1, 'verified']);
    expect(manager.versions()).toHaveLength(1);
  },
  20_000,
);

test('what goes with a model is that which was there with it, not that of the next save', async () => {
  const [model, statistics] = ['rl_model_10000_steps.zip', 'rl_model_vecnormalize_10000_steps.pkl'];
  const next = readFileSync(join(sampleRun, 'rl_model_vecnormalize_20000_steps.pkl'));
  const { folder, told, begin } = watchWhile('best', (own) => writeFileSync(join(own, statistics), next));
  for (const name of [model, statistics]) copyFileSync(join(sampleRun, name), join(folder, name));
  begin();
  await vi.waitFor(() => expect(told.failed.length + told.saved.length).toBeGreaterThan(0), soon);
  expect(told.saved).toEqual([]);
  expect(told.failed).toEqual([expect.stringMatching(/vecnormalize.* changed since it was verified/)]);
  // Nothing more happens to them: as they are now they belong together.
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  expect(told.saved[0]?.companions.map(({ checksum }) => checksum)).toEqual([sha256(next)]);
});

test('a file that comes to a folder while it is saved is in its one version', async () => {
  const late = (folder: string) => writeFileSync(join(folder, 'checkpoint-500/late.txt'), 'late');
  const { run, folder, manager, told, begin } = watchWhile('checkpoint', late);
  cpSync(folderVersion, join(folder, 'checkpoint-500'), { recursive: true });
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  await manager.look();
  expect(manager.versions()).toHaveLength(1);
  expect(readdirSync(join(run, 'checkpoints/checkpoint-500'))).toContain('late.txt');
});

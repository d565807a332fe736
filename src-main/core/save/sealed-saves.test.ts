import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { sampleRun } from '../catalog/measurements/evaluations.fixture.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';

const bare = { save_metadata: false };
const checkpoint = 'checkpoints/checkpoint.pt';

function open(run: string, config: Partial<StorageConfig>, disk: Disk = realDisk): ModelManager {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config, disk });
  onTestFinished(() => manager.close());
  return manager;
}

const of = (elements: number) => {
  const data = writeTorchZip([elements]);
  return { source: { chunks: [data], size: data.length }, reward: 0.5 };
};

const stepsOf = (steps: number) => ({
  ...{ source: { path: join(sampleRun, `rl_model_${steps}_steps.zip`) }, reward: 1, name: 'last.zip' },
  companions: [{ kind: 'vecnormalize', path: join(sampleRun, `rl_model_vecnormalize_${steps}_steps.pkl`) }],
});

const listOf = (run: string) => readFileSync(join(run, 'SHA256SUMS'), 'utf8');

/** What coreutils say of the list, which names every file that is not as it says. */
function check(run: string): string {
  return execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: run, encoding: 'utf8' });
}

/** One on which the list of checksums cannot be written: this call of it fails, and all others from then on where it is `forever`. */
function withoutList(forever: boolean): FaultDisk {
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (!call.startsWith('create') || !call.includes('.SHA256SUMS.')) return;
    if (forever) disk.failFromNow('EIO');
    throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  return disk;
}

async function stateOf(manager: ModelManager, id: string): Promise<string | undefined> {
  await manager.look();
  await manager.verify([id], () => undefined);
  return manager.version(id)?.integrity.state;
}

const kinds = [
  ['without a sidecar', bare, of(4), of(40)],
  ['with a companion', {}, stepsOf(10_000), stepsOf(20_000)],
] as const;

for (const [what, config, first, second] of kinds)
  test.each([
    ['fails', false],
    ['is cut off', true],
  ])(
    `a save over another ${what} that %s before its checksum is on record is intact to who comes next`,
    async (_, forever) => {
      const run = temporaryFolder();
      const { id } = await open(run, config).saveCheckpoint(first);
      const saved = await open(run, config, withoutList(forever)).saveCheckpoint(second);
      expect(saved.id).toBe(id);
      expect(saved.warnings).toContainEqual(
        expect.stringContaining('it is saved, but its checksum is not on record'),
      );
      const reader = open(run, config);
      expect(await stateOf(reader, id)).toBe('verified');
      expect((await reader.latest()).id).toBe(id);
      const writer = open(run, config);
      await writer.recover();
      expect(await stateOf(writer, id)).toBe('verified');
      expect((await writer.latest()).id).toBe(id);
      expect(check(run)).toBe('');
    },
  );

test('a checksum that found no room is put on record once there is room, and not forgotten before', async () => {
  const run = temporaryFolder();
  const { id } = await open(run, bare).saveCheckpoint(of(4));
  const full = new FaultDisk(realDisk);
  full.before = (call) => {
    if (call.startsWith('create') && call.includes('.SHA256SUMS.'))
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  };
  const training = open(run, bare, full);
  await training.saveCheckpoint(of(40));
  await expect(training.saveCheckpoint(of(41))).rejects.toThrow('the disk is full');
  expect(await stateOf(open(run, bare), id)).toBe('verified');
  await open(run, bare).recover();
  expect(await stateOf(open(run, bare), id)).toBe('verified');
  expect(check(run)).toBe('');
});

test.each([true, false])(
  'sha256sum -c holds after saves over one another, atomic_saves: %s',
  async (atomic_saves) => {
    const run = temporaryFolder();
    const manager = open(run, { ...bare, atomic_saves });
    for (const elements of [4, 40, 41]) await manager.saveCheckpoint(of(elements));
    expect(listOf(run).split('\n')).toHaveLength(2);
    expect(check(run)).toBe('');
    expect(await stateOf(manager, checkpoint)).toBe('verified');
    await manager.undo();
    expect(check(run)).toBe('');
    expect(await stateOf(manager, checkpoint)).toBe('verified');
    await manager.undo((await manager.listTrash()).operations.at(-1)?.id ?? null);
    expect(check(run)).toBe('');
  },
);

test.each([true, false])(
  'sha256sum -c holds after a save with a sidecar over a sealed file, atomic_saves: %s',
  async (atomic_saves) => {
    const run = temporaryFolder();
    put(run, checkpoint, writeTorchZip([4]));
    put(run, 'other.pt', writeTorchZip([5]));
    const manager = open(run, { atomic_saves });
    await manager.seal();
    const before = listOf(run);
    await manager.saveCheckpoint(of(40));
    expect(listOf(run)).not.toContain(checkpoint);
    expect(check(run)).toBe('');
    await manager.undo();
    expect(listOf(run)).toBe(before);
    expect(await stateOf(manager, checkpoint)).toBe('verified');
  },
);

test('a save in place of which the checksum cannot be put on record leaves none of other bytes', async () => {
  const config = { ...bare, atomic_saves: false, backup_before_overwrite: false };
  const run = temporaryFolder();
  await open(run, config).saveCheckpoint(of(4));
  const disk = new FaultDisk(realDisk);
  let lists = 0;
  disk.before = (call) => {
    if (!call.startsWith('create') || !call.includes('.SHA256SUMS.')) return;
    lists += 1;
    if (lists > 1) throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  const { warnings } = await open(run, config, disk).saveCheckpoint(of(40));
  expect(warnings).toContainEqual(expect.stringContaining('its checksum is not on record'));
  expect(await stateOf(open(run, config), checkpoint)).toBe('unsealed');
});

test('what a save for the first time put on record goes when it is undone, and a restore puts on record what it brings back', async () => {
  const run = temporaryFolder();
  const manager = open(run, {});
  const { id } = await manager.saveCheckpoint(stepsOf(10_000));
  const { manifest } = await manager.backups.create(new Set([id]));
  await manager.saveCheckpoint(stepsOf(20_000));
  await manager.backups.restore(manifest.id, null);
  expect(check(run)).toBe('');
  expect(await stateOf(manager, id)).toBe('verified');
  await manager.undo();
  expect(check(run)).toBe('');
  expect(await stateOf(manager, id)).toBe('verified');
});

test.each([
  ['atomic_saves', {}],
  ['atomic_saves: false', { atomic_saves: false }],
])(
  'a checkpoint that is saved again without its companion does not keep the old one as its own, %s',
  async (_, config) => {
    const run = temporaryFolder();
    const manager = open(run, config);
    const { companions } = await manager.saveCheckpoint(stepsOf(10_000));
    const beside = companions.map((each) => each.id);
    const { companions: __, ...alone } = stepsOf(20_000);
    const { id, warnings } = await manager.saveCheckpoint(alone);
    expect(warnings).toContainEqual(expect.stringContaining('went with the model that was replaced'));
    expect(beside.map((each) => existsSync(join(run, each)))).toEqual([false]);
    expect(manager.describe(id).companions).toEqual([]);
    expect(await stateOf(manager, id)).toBe('verified');
    await manager.undo();
    expect(beside.map((each) => existsSync(join(run, each)))).toEqual([true]);
    expect(await stateOf(manager, id)).toBe('verified');
  },
);

test('what is beside the place of a checkpoint that is new stays its own', async () => {
  const run = temporaryFolder();
  const path = put(
    run,
    'checkpoints/last.vecnormalize.pkl',
    readFileSync(stepsOf(10_000).companions[0]?.path ?? ''),
  );
  const { companions: _, ...alone } = stepsOf(10_000);
  await open(run, {}).saveCheckpoint(alone);
  expect(existsSync(path)).toBe(true);
});

test.each(kinds)('what was listed is listed again by a restore: a model %s', async (_, config, first) => {
  const run = temporaryFolder();
  const manager = open(run, config);
  const { id } = await manager.saveCheckpoint(first);
  await manager.saveBestModel(of(7));
  const listed = listOf(run);
  const { manifest } = await manager.backups.create(new Set([id]));
  await manager.moveToTrash([id]);
  await manager.emptyTrash();
  expect(existsSync(join(run, 'SHA256SUMS')) ? listOf(run) : '').not.toContain(id);
  await manager.backups.restore(manifest.id, null);
  expect(listOf(run).split('\n').sort()).toEqual(listed.split('\n').sort());
  expect(check(run)).toBe('');
  expect(await stateOf(manager, id)).toBe('verified');
});

test('a companion that comes again with its model is none that went with the one before', async () => {
  const manager = open(temporaryFolder(), {});
  await manager.saveCheckpoint(stepsOf(10_000));
  const { warnings, companions } = await manager.saveCheckpoint(stepsOf(20_000));
  expect(companions).toHaveLength(1);
  expect(warnings).toEqual([]);
});

import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import { letAge } from '../files/let-age.fixture.ts';
import { margin } from '../files/room.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { agesFile, keepWithinLimits, type TrashLimits } from './empty-trash.ts';
import { listTrash } from './list-trash.ts';

const day = 24 * 3600 * 1000;
const unlimited: TrashLimits = { age: null, bytes: null, room: 0 };

/** A checkpoint that was overwritten 30, 20 and 10 days ago: three generations in the trash, some 1 kB each. */
async function prepare(): Promise<{ root: string; kept: () => Promise<string[]> }> {
  const run = temporaryFolder();
  put(run, '.cairn/settings.yaml', 'trash: {max_age: null, max_size: null}');
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  for (const [index, days] of [40, 30, 20, 10].entries()) {
    const bytes = writeTorchZip([index + 1]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - days * day });
    await manager
      .saveCheckpoint({ source: { chunks: [bytes], size: bytes.length }, reward: 1, prune: false })
      .finally(() => vi.useRealTimers());
  }
  const { root } = manager;
  return {
    root,
    kept: async () => (await listTrash(realDisk, root)).operations.map(({ at }) => daysAgo(at)),
  };
}

/** As old as their records say. */
async function ageAsRecorded(root: string): Promise<void> {
  const { operations } = await listTrash(realDisk, root);
  letAge(join(root, agesFile), new Map(operations.map(({ id, at }) => [id, Date.now() - Date.parse(at)])));
}

const daysAgo = (at: string) => String(Math.round((Date.now() - Date.parse(at)) / day));

test('within its limits everything stays', async () => {
  const { root, kept } = await prepare();
  const before = await kept();
  expect(await keepWithinLimits(realDisk, root, unlimited)).toEqual({
    operations: [],
    versions: [],
    bytes: 0,
    failure: null,
    written: [],
  });
  expect(await kept()).toEqual(before);
});

test('what is older than the limit goes, and nothing else', async () => {
  const { root, kept } = await prepare();
  await ageAsRecorded(root);
  await keepWithinLimits(realDisk, root, { ...unlimited, age: 15 * day });
  expect(await kept()).toEqual(['10']);
});

test('Acknowledged is kept: the time of day ends no wait: what was moved while it was wrong stays', async () => {
  const { root, kept } = await prepare();
  await keepWithinLimits(realDisk, root, { ...unlimited, age: 15 * day });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1000 * day });
  onTestFinished(() => void vi.useRealTimers());
  await keepWithinLimits(realDisk, root, { ...unlimited, age: 15 * day });
  expect(await kept()).toHaveLength(3);
});

/** Whoever has a file open may set its times too. */
function addTo(path: string): void {
  const before = join(temporaryFolder(), 'before');
  execFileSync('cp', ['-p', path, before]);
  appendFileSync(path, 'the rest of it');
  execFileSync('touch', ['-r', before, path]);
}

function writeAnew(path: string): void {
  writeFileSync(path, readFileSync(path));
}

test.each([addTo, writeAnew])(
  'Nothing foreign is touched: what somebody wrote to in the trash stays there, and the save says so: %o',
  async (write) => {
    const { root, kept } = await prepare();
    const [, , oldest] = (await listTrash(realDisk, root)).operations;
    const path = String(oldest?.files.find((file) => file.endsWith('.pt')));
    write(join(root, path));
    put(root, '.cairn/settings.yaml', 'trash: {max_age: 15d, max_size: null}');
    await ageAsRecorded(root);
    const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
    onTestFinished(() => manager.close());
    const bytes = writeTorchZip([9]);
    const { warnings } = await manager.saveCheckpoint({
      source: { chunks: [bytes], size: bytes.length },
      reward: 1,
    });
    expect(await kept()).toEqual(['0', '10', '30']);
    expect(warnings).toContainEqual(
      expect.stringMatching(/checkpoint\.pt was written to since it went to the trash, and stays/),
    );
  },
);

test('where it holds too much, the oldest goes first', async () => {
  const { root, kept } = await prepare();
  const held = (await listTrash(realDisk, root)).operations.reduce((sum, { bytes }) => sum + bytes, 0);
  await keepWithinLimits(realDisk, root, { ...unlimited, bytes: held - 1 });
  expect(await kept()).not.toContain('30');
  expect(await kept()).toContain('10');
});

test('where the next save would not fit, as much goes as is needed', async () => {
  const { root, kept } = await prepare();
  const disk: Disk = { ...realDisk, freeSpace: async () => 1000 };
  await keepWithinLimits(disk, root, { ...unlimited, room: 1001 });
  expect(await kept()).not.toContain('30');
  expect(await kept()).toContain('10');
  const held = (await listTrash(disk, root)).operations.reduce((sum, { bytes }) => sum + bytes, 0);
  await keepWithinLimits(disk, root, { ...unlimited, room: 1000 + held });
  expect(await kept()).toEqual([]);
});

test('nothing goes in vain: where the next save would not fit even so, everything stays', async () => {
  const { root, kept } = await prepare();
  const before = await kept();
  const disk: Disk = { ...realDisk, freeSpace: async () => 1000 };
  expect((await keepWithinLimits(disk, root, { ...unlimited, room: 1e9 })).versions).toEqual([]);
  expect(await kept()).toEqual(before);
});

/** A disk on which an operation in the trash cannot lose its name. */
function stuck(id: string): Disk {
  const rename: Disk['rename'] = (from, to) =>
    from.endsWith(id)
      ? Promise.reject(Object.assign(new Error('no'), { code: 'EPERM', syscall: 'rename', path: from }))
      : realDisk.rename(from, to);
  return { ...realDisk, rename };
}

test('where its limits cannot be kept, the save says so, and what went is in the log', async () => {
  const { root, kept } = await prepare();
  put(root, '.cairn/settings.yaml', 'trash: {max_age: 1d, max_size: null}');
  await ageAsRecorded(root);
  const [newest] = (await listTrash(realDisk, root)).operations;
  const disk = stuck(String(newest?.id));
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {}, disk });
  onTestFinished(() => manager.close());
  const bytes = writeTorchZip([9]);
  const { id, warnings } = await manager.saveCheckpoint({
    source: { chunks: [bytes], size: bytes.length },
    reward: 1,
  });
  expect(await kept()).toEqual(['0', '10']);
  expect(warnings).toContainEqual(
    expect.stringMatching(/^the trash is not kept within its limits: .*the system does not allow it/),
  );
  expect(manager.log().at(-1)).toMatchObject({
    command: 'empty trash (its limits)',
    ids: [id, id],
    result: expect.stringContaining('the system does not allow it'),
  });
});

test('emptying that stops half way says what went, and has it in the log', async () => {
  const { root } = await prepare();
  const [, , oldest] = (await listTrash(realDisk, root)).operations;
  const disk = stuck(String(oldest?.id));
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {}, disk });
  onTestFinished(() => manager.close());
  const failing = manager.emptyTrash();
  await expect(failing).rejects.toThrow('2 of 3 operations are deleted for good');
  expect((await manager.listTrash()).operations).toEqual([oldest]);
  expect(manager.log().at(-1)).toMatchObject({
    command: 'empty trash',
    ids: [expect.any(String), expect.any(String)],
  });
});

test('emptying by age leaves what was made a moment ago under a clock that stood years too early', async () => {
  const { root, kept } = await prepare();
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  const bytes = writeTorchZip([9]);
  vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  await manager
    .saveCheckpoint({ source: { chunks: [bytes], size: bytes.length }, reward: 1 })
    .finally(() => vi.useRealTimers());
  expect(await kept()).toHaveLength(4);
  const { operations } = await manager.emptyTrash({ olderThan: 15 * day });
  expect(operations.map(({ at }) => daysAgo(at))).toEqual(['20', '30']);
  expect(await kept()).toHaveLength(2);
});

test('Acknowledged is kept: while it is unsure what its limits are nothing goes from the trash, though the next save does not fit', async () => {
  const { root, kept } = await prepare();
  put(root, '.cairn/settings.yaml', 'trash: {max_age: soon}');
  const bytes = writeTorchZip([9]);
  const disk: Disk = { ...realDisk, freeSpace: async () => bytes.length + margin - 1 };
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {}, disk });
  onTestFinished(() => manager.close());
  const source = { chunks: [bytes], size: bytes.length };
  await expect(manager.saveCheckpoint({ source, reward: 1 })).rejects.toThrow('no space for this save');
  expect(await kept()).toHaveLength(3);
});

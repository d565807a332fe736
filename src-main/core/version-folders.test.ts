import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FaultDisk } from './files/fault-disk.fixture.ts';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { unsyncedDisk } from './files/unsynced-disk.fixture.ts';
import { ModelManager } from './model-manager.ts';

const written = join(import.meta.dirname, '../../e2e/fixtures/layouts/huggingface');
const id = 'checkpoint-500/model.safetensors';

/** A run of which each version is a folder, with a file further down in the first. */
async function newRun(): Promise<ModelManager> {
  const run = join(temporaryFolder(), 'run');
  for (const name of ['checkpoint-500', 'checkpoint-1000', 'checkpoint-1500'])
    cpSync(join(written, name), join(run, name), { recursive: true });
  put(run, 'checkpoint-500/global/deep/state.bin', 'further down');
  // What was written just now is looked at twice.
  for (const file of readdirSync(run, { recursive: true, encoding: 'utf8' }))
    utimesSync(join(run, file), 1, 1);
  return open(run);
}

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** What is in a folder: every path below it, and the bytes of each file. */
function contentOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const);
  return Object.fromEntries(
    paths.map(([path, isFile]) => [
      path.slice(folder.length),
      isFile ? readFileSync(path).toString('latin1') : 'a folder',
    ]),
  );
}

const idsOf = (manager: ModelManager) => [...manager.list()].map((version) => version.id).sort();
const keepLatest = { keepBest: null, keepLatest: 1, keepEvery: null, kinds: 'all' } as const;

test('a folder that is a version is pruned whole, is gone, and an undo brings it back byte for byte', async () => {
  const manager = await newRun();
  const { root } = manager;
  const before = contentOf(join(root, 'checkpoint-500'));
  const { plan, operation, moved } = await manager.prune(keepLatest);
  expect(plan.decisions.flatMap(({ id: each, keep }) => (keep ? [] : [each]))).toContain(id);
  expect(moved).toBeGreaterThan(2000);
  expect(existsSync(join(root, 'checkpoint-500'))).toBe(false);
  await manager.look();
  expect(idsOf(manager)).not.toContain(id);
  const [trashed] = (await manager.listTrash()).operations;
  expect(trashed?.versions).toContain(id);
  expect((await manager.undo(operation)).restored).toContain(id);
  expect(contentOf(join(root, 'checkpoint-500'))).toEqual(before);
  await manager.look();
  expect(idsOf(manager)).toHaveLength(3);
});

test('what is in the trash of a folder counts all of its files', async () => {
  const manager = await newRun();
  const size = manager.version(id)?.file_size_bytes;
  await manager.moveToTrash([id]);
  const [trashed] = (await manager.listTrash()).operations;
  expect(trashed?.bytes).toBe(size);
  expect(
    readdirSync(manager.root)
      .filter((name) => name.startsWith('checkpoint'))
      .sort(),
  ).toEqual(['checkpoint-1000', 'checkpoint-1500']);
});

test('a link to a folder that is a version keeps it, and so does one in it that cannot be moved', async () => {
  const manager = await newRun();
  symlinkSync('checkpoint-500', join(manager.root, 'best'));
  symlinkSync('../checkpoint-500/config.json', join(manager.root, 'checkpoint-1000/config-link.json'));
  const { decisions } = await manager.planPrune(keepLatest);
  expect(decisions.filter(({ keep }) => !keep)).toEqual([]);
});

test.each([false, true])(
  'a backup holds every file of it, and restores it to the byte; sealed: %s',
  async (sealed) => {
    const manager = await newRun();
    if (sealed) await manager.seal();
    await manager.look();
    const folder = join(manager.root, 'checkpoint-500');
    const before = contentOf(folder);
    const { manifest, skipped } = await manager.backups.create(new Set([id]));
    expect(skipped).toEqual([]);
    expect(manifest.versions[0]?.files).toHaveLength(7);
    await manager.moveToTrash([id]);
    await manager.emptyTrash();
    expect(existsSync(folder)).toBe(false);
    const { changes, operation } = await manager.backups.restore(manifest.id, null);
    expect(changes).toMatchObject([{ id, action: 'create' }]);
    expect(contentOf(folder)).toEqual(before);
    await manager.undo(operation);
    expect(existsSync(folder)).toBe(false);
  },
);

test('a restore over a folder takes away what was not backed up, and an undo brings that back', async () => {
  const manager = await newRun();
  const folder = join(manager.root, 'checkpoint-500');
  const before = contentOf(folder);
  const { manifest } = await manager.backups.create(new Set([id]));
  writeFileSync(join(folder, 'config.json'), 'another');
  put(folder, 'more/extra.bin', 'x');
  const changed = contentOf(folder);
  const { changes, operation } = await manager.backups.restore(manifest.id, null);
  expect(changes).toMatchObject([{ id, action: 'replace' }]);
  const after = contentOf(folder);
  expect({ ...after, '/more': undefined }).toEqual({ ...before, '/more': undefined });
  await manager.undo(operation);
  expect(contentOf(folder)).toEqual(changed);
});

test('bytes that contradict the list are not backed up, and not exported', async () => {
  const manager = await newRun();
  await manager.seal();
  writeFileSync(join(manager.root, 'checkpoint-500/scheduler.pt'), 'rotten');
  await manager.look();
  await expect(manager.backups.create(new Set([id]))).rejects.toThrow('do not match its checksum');
  await expect(manager.exportVersions([id], temporaryFolder())).rejects.toThrow(
    'scheduler.pt: text, not a checkpoint',
  );
});

test('an export is a folder with every file of it, or nothing', async () => {
  const manager = await newRun();
  const to = join(temporaryFolder(), 'out');
  await manager.exportVersions([id, 'checkpoint-1500/pytorch_model.bin'], to);
  expect(readdirSync(to).sort()).toEqual(['checkpoint-1500', 'checkpoint-500']);
  expect(contentOf(join(to, 'checkpoint-500'))).toEqual(contentOf(join(manager.root, 'checkpoint-500')));
  const taken = temporaryFolder();
  mkdirSync(join(taken, 'checkpoint-1500'));
  await expect(manager.exportVersions([id, 'checkpoint-1500/pytorch_model.bin'], taken)).rejects.toThrow(
    'a file of that name is in',
  );
  expect(readdirSync(taken)).toEqual(['checkpoint-1500']);
});

test('whatever call of an export fails, the folder outside is as it was, or has all of it', async () => {
  const { root } = await newRun();
  const expected = contentOf(join(root, 'checkpoint-500'));
  for (let call = 1; ; call += 1) {
    const disk = new FaultDisk(unsyncedDisk, { call, code: 'EIO', forever: false });
    const manager = new ModelManager(root, { appData: temporaryFolder(), disk });
    await manager.look();
    const to = temporaryFolder();
    const failure = await manager.exportVersions([id], to).then(() => null, String);
    manager.close();
    if (disk.failed === 0) break;
    if (failure === null) expect([call, contentOf(join(to, 'checkpoint-500'))]).toEqual([call, expected]);
    else expect([call, readdirSync(to)]).toEqual([call, []]);
  }
});

test('a folder that a training made again is not mixed with the one in the trash', async () => {
  const manager = await newRun();
  const folder = join(manager.root, 'checkpoint-500');
  const operation = await manager.moveToTrash([id]);
  put(folder, 'pytorch_model.bin', 'another');
  await expect(manager.undo(operation)).rejects.toThrow(
    'cannot bring back checkpoint-500 — a checkpoint of that name is there again — move that one to the trash first',
  );
  expect(readdirSync(folder)).toEqual(['pytorch_model.bin']);
  await manager.look();
  await manager.moveToTrash(['checkpoint-500/pytorch_model.bin']);
  expect((await manager.undo(operation)).restored).toEqual([id]);
});

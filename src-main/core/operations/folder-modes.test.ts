import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeSafetensors } from '../formats/fixtures/write-others.ts';
import { ModelManager } from '../model-manager.ts';
import { parseOperation, recordText } from './operation.ts';

const id = 'checkpoint-5/model.safetensors';
const hour = 3_600_000;

/** A run with a folder that is a version, of which some parts are private, some empty, and all files were written long ago. */
function runWithFolder(): string {
  const root = temporaryFolder();
  for (const [index, name] of [id, 'checkpoint-5/trainer_state.json', 'checkpoint-5/inner/a.bin'].entries()) {
    const time = (Date.UTC(2024, 0, 1) + index * hour + 0.25) / 1000;
    utimesSync(put(root, name, `${name} of long ago`), time, time);
  }
  mkdirSync(join(root, 'checkpoint-5/empty/deep'), { recursive: true });
  const modes = { inner: 0o700, empty: 0o775, 'empty/deep': 0o500, '': 0o750 };
  for (const [name, mode] of Object.entries(modes)) chmodSync(join(root, 'checkpoint-5', name), mode);
  return root;
}

async function open(root: string): Promise<ModelManager> {
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** What is in the run, but for what Cairn keeps for itself: modes, and for files when they were written, in whole milliseconds. */
function told(root: string): string[] {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.startsWith('.'),
  );
  return paths.sort().map((path) => {
    const { mode, mtimeMs, size } = lstatSync(join(root, path));
    const isFolder = lstatSync(join(root, path)).isDirectory();
    return `${path} ${(mode & 0o7777).toString(8)}${isFolder ? '' : ` ${Math.round(mtimeMs)} ${size}`}`;
  });
}

const onPosix = test.skipIf(process.platform === 'win32');

onPosix(
  'a folder that is brought back from the trash is as it was: modes, and folders that hold nothing',
  async () => {
    const root = runWithFolder();
    const before = told(root);
    const manager = await open(root);
    await manager.moveToTrash([id]);
    expect(told(root)).toEqual([]);
    await manager.undo(null);
    expect(told(root)).toEqual(before);
  },
);

onPosix(
  'a restored folder is as it was when it was backed up, and its files are as old as they were',
  async () => {
    const root = runWithFolder();
    const before = told(root);
    const manager = await open(root);
    const { manifest } = await manager.backups.create(new Set([id]));
    rmSync(join(root, 'checkpoint-5'), { recursive: true });
    await manager.look();
    const { operation } = await manager.backups.restore(manifest.id, null);
    expect(told(root)).toEqual(before);
    await manager.undo(operation);
    expect(told(root)).toEqual([]);
  },
);

onPosix('what a restore made, and undo took away, comes back as it was by then', async () => {
  const root = runWithFolder();
  const manager = await open(root);
  const { manifest } = await manager.backups.create(new Set([id]));
  rmSync(join(root, 'checkpoint-5'), { recursive: true });
  await manager.backups.restore(manifest.id, null);
  chmodSync(join(root, 'checkpoint-5/inner'), 0o711);
  const restored = told(root);
  await manager.undo(null);
  const [undone] = (await manager.listTrash()).operations;
  await manager.undo(undone?.id ?? '');
  expect(told(root)).toEqual(restored);
});

onPosix('a folder that was kept where a restore needs it keeps its mode', async () => {
  const root = runWithFolder();
  const manager = await open(root);
  const { manifest } = await manager.backups.create(new Set([id]));
  rmSync(join(root, 'checkpoint-5/inner/a.bin'));
  chmodSync(join(root, 'checkpoint-5/inner'), 0o711);
  await manager.backups.restore(manifest.id, null);
  expect(told(root)).toContain('checkpoint-5/inner 711');
  expect(told(root).some((line) => line.startsWith('checkpoint-5/inner/a.bin '))).toBe(true);
});

onPosix(
  'latest stays what it was where only the time of files tells, though an older one was restored',
  async () => {
    const root = temporaryFolder();
    for (const [index, name] of ['a.pt', 'b.pt'].entries())
      utimesSync(put(root, `checkpoints/${name}`, name), 1.7e9 + index, 1.7e9 + index);
    const manager = await open(root);
    expect(manager.badges.latest).toBe('checkpoints/b.pt');
    const { manifest } = await manager.backups.create(new Set(['checkpoints/a.pt']));
    rmSync(join(root, 'checkpoints/a.pt'));
    await manager.backups.restore(manifest.id, null);
    await manager.look();
    expect(manager.badges.latest).toBe('checkpoints/b.pt');
  },
);

onPosix('a record of an older version, which knows of no modes, is undone as it always was', async () => {
  const root = runWithFolder();
  const manager = await open(root);
  const operation = await manager.moveToTrash([id]);
  const record = join(root, '.cairn/trash', operation, 'manifest.json');
  const { made: _, ...older } = parseOperation(readFileSync(record, 'utf8'), operation);
  writeFileSync(record, recordText(older));
  await manager.undo(operation);
  const lines = told(root).map((line) => line.split(' ').slice(0, 2).join(' '));
  expect(lines).toContain('checkpoint-5/inner 755');
  expect(lines).toContain('checkpoint-5/inner/a.bin 644');
});

onPosix('an exported folder is open to nobody who might not look into its own', async () => {
  const root = runWithFolder();
  writeFileSync(join(root, id), writeSafetensors());
  writeFileSync(join(root, 'checkpoint-5/trainer_state.json'), '{}');
  const manager = await open(root);
  const to = join(temporaryFolder(), 'out');
  await manager.exportVersions([id], to);
  const lines = told(to).map((line) => line.split(' ').slice(0, 2).join(' '));
  expect(lines).toEqual([
    'checkpoint-5 750',
    'checkpoint-5/inner 700',
    'checkpoint-5/inner/a.bin 644',
    'checkpoint-5/model.safetensors 644',
    'checkpoint-5/trainer_state.json 644',
  ]);
});

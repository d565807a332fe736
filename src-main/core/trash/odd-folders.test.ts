import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { moveToTrash } from './move-to-trash.ts';

const id = 'checkpoint-5/model.safetensors';
const unreadable = Buffer.from('caf\xe9', 'latin1');

/** What may stand in a folder and is no file, each with how it gets there and what is said of it. */
const oddEntries = [
  {
    what: 'a link',
    add: (folder: string) => symlinkSync('/etc/hostname', join(folder, 'odd.bin')),
    told: 'odd.bin is a symbolic link',
  },
  {
    what: 'a pipe',
    add: (folder: string) => void execFileSync('mkfifo', [join(folder, 'odd.bin')]),
    told: 'odd.bin is a pipe, socket or device',
  },
  {
    what: 'a socket',
    add: async (folder: string) => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(join(folder, 'odd.bin'), resolve));
      onTestFinished(() => void server.close());
    },
    told: 'odd.bin is a pipe, socket or device',
  },
  {
    what: 'a name that is not UTF-8',
    add: (folder: string) => writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), unreadable]), 'bytes'),
    told: 'caf\\ufffd is there under a name that is not valid UTF-8',
  },
  {
    what: 'a folder whose name is not UTF-8',
    add: (folder: string) => {
      const path = Buffer.concat([Buffer.from(`${folder}/`), unreadable]);
      mkdirSync(path);
      writeFileSync(Buffer.concat([path, Buffer.from('/inner.bin')]), 'bytes');
    },
    told: 'caf\\ufffd is there under a name that is not valid UTF-8',
  },
];

async function oddRun(add: (folder: string) => unknown): Promise<ModelManager> {
  const root = temporaryFolder();
  for (const name of [id, 'checkpoint-5/trainer_state.json', 'checkpoint-5/inner/a.bin', 'a.pt'])
    put(root, name, name);
  await add(join(root, 'checkpoint-5'));
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** Every entry by its bytes: what it is, and what it holds or leads to. */
function contentsOf(folder: Buffer): string[] {
  const names = readdirSync(folder, { encoding: 'buffer' });
  return names.sort(Buffer.compare).flatMap((name) => {
    const path = Buffer.concat([folder, Buffer.from('/'), name]);
    const stats = lstatSync(path);
    const told = `${path.toString('latin1')} ${stats.mode} ${stats.ino} ${stats.mtimeMs}`;
    if (stats.isDirectory()) return [told, ...contentsOf(path)];
    if (stats.isSymbolicLink()) return [`${told} ${readlinkSync(path)}`];
    return [stats.isFile() ? `${told} ${readFileSync(path)}` : told];
  });
}

test.skipIf(process.platform !== 'linux').each(oddEntries)(
  'a folder that holds $what goes to the trash as one, and comes back as it was',
  async ({ add }) => {
    const manager = await oddRun(add);
    const folder = Buffer.from(join(manager.root, 'checkpoint-5'));
    const before = contentsOf(folder);
    const operation = await manager.moveToTrash([id]);
    expect(readdirSync(manager.root)).not.toContain('checkpoint-5');
    await manager.look();
    expect(manager.version(id)).toBeUndefined();
    const [trashed] = (await manager.listTrash()).operations;
    expect([trashed?.id, trashed?.versions]).toEqual([operation, [id]]);
    expect(trashed?.bytes).toBeGreaterThanOrEqual(`${id}checkpoint-5/inner/a.bin`.length);
    expect(await manager.undo(null)).toMatchObject({ restored: [id], removed: [] });
    expect(contentsOf(folder)).toEqual(before);
    expect((await manager.listTrash()).operations).toEqual([]);
  },
);

test.skipIf(process.platform !== 'linux').each(oddEntries)(
  'of a folder that holds $what nothing is left when the trash is emptied',
  async ({ add }) => {
    const manager = await oddRun(add);
    await manager.emptyTrash({ ids: [await manager.moveToTrash([id])] });
    expect(readdirSync(join(manager.root, '.cairn/trash'))).toEqual([]);
  },
);

test.skipIf(process.platform !== 'linux').each(oddEntries)(
  'a folder that holds $what is neither backed up nor exported, and verifying it says why',
  async ({ add, told }) => {
    const manager = await oddRun(add);
    const ids = new Set([id]);
    await expect(manager.backups.create(ids)).rejects.toThrow(`checkpoint-5/${told}`);
    await expect(manager.exportVersions([id], join(temporaryFolder(), 'out'))).rejects.toThrow(
      `cannot export ${id} — checkpoint-5/${told}`,
    );
    await manager.verify([id], () => undefined);
    const { state, detail } = manager.version(id)?.integrity ?? {};
    expect(state).toBe('unreadable');
    expect(detail?.replace('\ufffd', '\\ufffd')).toContain(told.replace(' is ', ': it is '));
  },
);

test.skipIf(process.platform !== 'linux')(
  'a folder in which something came to be a link is not restored over, and the link is named',
  async () => {
    const manager = await oddRun(() => undefined);
    const { manifest } = await manager.backups.create(new Set([id]));
    writeFileSync(join(manager.root, id), 'other bytes');
    symlinkSync('/etc/hostname', join(manager.root, 'checkpoint-5/odd.bin'));
    const before = contentsOf(Buffer.from(join(manager.root, 'checkpoint-5')));
    await expect(manager.backups.restore(manifest.id, null)).rejects.toThrow(
      'cannot move checkpoint-5/odd.bin — it is a symbolic link — put a copy',
    );
    expect(contentsOf(Buffer.from(join(manager.root, 'checkpoint-5')))).toEqual(before);
  },
);

test('a folder that is written to while it goes to the trash as one stays where it was', async () => {
  const memory = new MemoryDisk();
  for (const name of [id, 'checkpoint-5/inner/a.bin', '.cairn/notes']) memory.plant(`/run/${name}`, name);
  const disk = new FaultDisk(memory);
  disk.before = (call) => {
    if (call.startsWith('rename /run/checkpoint-5 ')) memory.rewrite('/run/checkpoint-5/inner/a.bin', 'more');
  };
  const at = '2026-01-02T03:04:05.000Z';
  const draft = { format: 1, id: 'a', number: 1, kind: 'trash', at } as const;
  const doomed = [{ id, files: [id, 'checkpoint-5/caf\ufffd'], folder: 'checkpoint-5', inner: [] }];
  const moving = moveToTrash(
    { disk, root: '/run' },
    { ...draft, who: '', reason: '', automatic: false },
    doomed,
  );
  await expect(moving).rejects.toThrow('checkpoint-5 changed on disk');
  expect([...memory.files().keys()].sort()).toEqual([
    '/run/.cairn/notes',
    '/run/checkpoint-5/inner/a.bin',
    '/run/checkpoint-5/model.safetensors',
  ]);
});

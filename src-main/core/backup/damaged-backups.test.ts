import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel, sha256 } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

/** A run of two versions, both backed up, of which the models are lost since. */
async function aRun() {
  const run = temporaryFolder();
  const ids = [saveModel(run, 1), saveModel(run, 2)] as const;
  for (const id of ids) appendFileSync(join(run, id), `and ${id}`);
  for (const id of ids) rmSync(join(run, id.replace('.pt', '.json')));
  const bytes = ids.map((id) => readFileSync(join(run, id)));
  const disk = new FaultDisk(realDisk);
  const manager = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => manager.close());
  await manager.look();
  const backup = (await manager.backups.create(new Set(ids))).manifest.id;
  const objects = bytes.map((each) => join(run, '.cairn/backups/objects', sha256(each)));
  for (const id of ids) rmSync(join(run, id));
  return { run, ids, disk, manager, backup, object: objects[1] ?? '', bytes };
}

type Run = Awaited<ReturnType<typeof aRun>>;

const harms: [what: string, harm: (run: Run) => void][] = [
  ['has one other bit', ({ object }) => flip(object)],
  ['is shorter', ({ object }) => truncateSync(object, 10)],
  ['is empty', ({ object }) => truncateSync(object, 0)],
  ['is longer', ({ object }) => appendFileSync(object, '.')],
  ['is gone', ({ object }) => rmSync(object)],
  ['is a folder now', ({ object }) => becomeFolder(object)],
  ['is a link now', ({ object }) => moveBehindLink(object)],
  ['cannot be read', ({ object, disk }) => forbid(disk, object)],
];

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[3] = (bytes[3] ?? 0) ^ 4;
  writeFileSync(path, bytes);
}

function becomeFolder(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

function moveBehindLink(path: string): void {
  renameSync(path, `${path}.moved`);
  symlinkSync(`${path}.moved`, path);
}

function forbid(disk: FaultDisk, path: string): void {
  disk.before = (call) => {
    if (call.includes(path) && /^(?:open|clone)/.test(call))
      throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'open', path });
  };
}

const seen = (run: string) =>
  readdirSync(run, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.cairn'))
    .sort();

test.each(harms)(
  'where an object %s, restoring is refused, and nothing is changed or left',
  async (_, harm) => {
    const tried = await aRun();
    const { run, manager, backup, ids } = tried;
    const before = seen(run);
    harm(tried);
    await expect(manager.backups.restore(backup, null)).rejects.toThrow(
      /^(?:cannot restore .* — verify the backup, and use another|restore failed — the disk reports a read error.*)$/,
    );
    expect(seen(run)).toEqual(before);
    expect(manager.log().at(-1)?.result).toMatch(/^(?:cannot restore|restore failed)/);
    await manager.backups.restore(backup, [ids[0]]);
    expect(readFileSync(join(run, ids[0])).equals(tried.bytes[0] ?? Buffer.alloc(0))).toBe(true);
  },
);

test.each(harms)(
  'where an object %s, verifying says so, of that backup alone, and the next verifying that it is whole again',
  async (what, harm) => {
    const tried = await aRun();
    const { manager, backup, ids, run, bytes, disk, object } = tried;
    await manager.backups.restore(backup, [ids[0]]);
    await manager.look();
    const sound = (await manager.backups.create(new Set([ids[0]]))).manifest.id;
    harm(tried);
    const states = async () =>
      new Map(
        (await manager.backups.verify(null)).backups.map(({ manifest }) => [manifest.id, manifest.state]),
      );
    expect(await states()).toEqual(
      new Map([
        [sound, 'verified'],
        [backup, 'damaged'],
      ]),
    );
    expect((await manager.backups.list()).backups.map(({ manifest }) => manifest.state)).toContain('damaged');
    disk.before = () => undefined;
    rmSync(object, { recursive: true, force: true });
    writeFileSync(object, bytes[1] ?? '');
    expect((await states()).get(backup), what).toBe('verified');
    expect(existsSync(join(run, ids[1]))).toBe(false);
  },
);

test.each(harms.filter(([what]) => !/folder/.test(what)))(
  'where an object %s, the next backup of those bytes puts it there again',
  async (_, harm) => {
    const tried = await aRun();
    const { run, manager, ids, bytes, object, disk } = tried;
    harm(tried);
    writeFileSync(join(run, ids[1]), bytes[1] ?? '');
    await manager.look();
    await manager.backups.create(new Set([ids[1]]));
    disk.before = () => undefined;
    expect(readFileSync(object).equals(bytes[1] ?? Buffer.alloc(0))).toBe(true);
    expect((await manager.backups.verify(null)).backups.map(({ manifest }) => manifest.state)).toEqual([
      'verified',
      'verified',
    ]);
  },
);

test('what restoring would change is not promised of bytes that are not there', async () => {
  const { manager, backup, object } = await aRun();
  rmSync(object);
  await expect(manager.backups.plan(backup, null)).rejects.toThrow('no longer match their checksum');
});

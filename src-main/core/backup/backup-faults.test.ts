import { expect, test } from 'vitest';
import { sha256 } from '../catalog/run.fixture.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { newEnds } from '../files/power-cut.fixture.ts';
import { backUpVersions } from './back-up-versions.fixture.ts';
import { type BackupManifest, filesOf } from './backup-manifest.ts';
import { BackupStore } from './backup-store.ts';

const root = '/run';
const folder = `${root}/.cairn/backups`;
/** In the torture run all that an operation is tried with; a backup tells few of them apart. */
const codes = process.env['CAIRN_TORTURE']
  ? ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EDQUOT', 'EMFILE', 'EXDEV', 'EPERM']
  : ['ENOSPC', 'EIO'];
let injected = 0;

const versions = [1, 2].map((number) => ({
  id: `best_models/m${number}.pt`,
  files: [`best_models/m${number}.pt`, `best_models/m${number}.json`],
}));

function backUp(disk: ConstructorParameters<typeof BackupStore>[0]) {
  const request = { label: null, reason: 'a test', checksumOf: () => null };
  return backUpVersions(new BackupStore(disk, folder), root, versions, request);
}

/** A run that was backed up, and of which one version is another since. */
async function backedUp(clones: boolean): Promise<{ disk: MemoryDisk; first: BackupManifest }> {
  const disk = new MemoryDisk({ clones });
  for (const { files } of versions)
    for (const file of files) disk.plant(`${root}/${file}`, `${file} `.repeat(90));
  disk.plant(`${root}/.cairn/x`, '');
  const { manifest: first } = await backUp(disk);
  await disk.unlink(`${root}/best_models/m1.pt`);
  disk.plant(`${root}/best_models/m1.pt`, 'trained on '.repeat(90));
  return { disk, first };
}

/** The files of the run itself. */
const ofRun = (disk: MemoryDisk) => [...disk.files()].filter(([path]) => !path.startsWith(folder));
const staged = (disk: MemoryDisk) => [...disk.files().keys()].filter((path) => path.endsWith('.tmp'));

/** Read here without the product, which takes longer. */
async function idsOfWhole(disk: MemoryDisk): Promise<string[]> {
  const { backups, problems } = await new BackupStore(disk, folder).list();
  expect(problems).toEqual([]);
  const files = disk.files();
  for (const { checksum, path } of backups.flatMap(filesOf))
    expect(sha256(files.get(`${folder}/objects/${checksum}`) ?? Buffer.alloc(0)), path).toBe(checksum);
  return backups.map(({ id }) => id).sort();
}

type Act = (disk: FaultDisk, first: BackupManifest) => Promise<string | undefined>;

type Judge = (ids: string[], made: string | undefined | null, first: string) => void;

const faultsOf = () => codes.flatMap((code) => [false, true].map((forever) => ({ code, forever })));

/** Each call fails with each code, once and for ever; `judge` gets the ids of the backups after it, all of which are whole. Disks that are left alike are judged once. */
async function failEachCall(act: Act, clones: boolean, judge: Judge): Promise<void> {
  const { disk: start, first } = await backedUp(clones);
  const isNew = newEnds();
  for (const fault of faultsOf()) {
    for (let call = 1; ; call += 1) {
      const disk = start.copy();
      const faults = new FaultDisk(disk, { ...fault, call });
      const made = await act(faults, first).catch(() => null);
      if (faults.failed === 0) break;
      injected += 1;
      const end = { fault, isNew: isNew(`${made === null} ${fault.forever}`, disk) };
      await judgeDisk(disk, start, end, (ids) => judge(ids, made, first.id)).catch((cause: unknown) => {
        const when = fault.forever ? 'for ever from' : 'at';
        throw new Error(`${fault.code} ${when} call ${call}, ${faults.calls[call - 1]}`, { cause });
      });
    }
  }
}

async function judgeDisk(
  disk: MemoryDisk,
  start: MemoryDisk,
  { fault: { code, forever }, isNew }: { fault: { code: string; forever: boolean }; isNew: boolean },
  judge: (ids: string[]) => void,
): Promise<void> {
  if (!isNew) return;
  judge(await idsOfWhole(disk));
  expect(ofRun(disk)).toEqual(ofRun(start));
  if (!forever) expect(staged(disk)).toEqual([]);
  // Whatever was left in its way, the next one is made; by what it was left is all the same.
  if (code !== codes[0]) return;
  const { manifest } = await backUp(disk);
  expect(await idsOfWhole(disk)).toContain(manifest.id);
}

test.each([false, true])(
  'A failure changes nothing: whatever call of a backup fails, those that are listed are whole, and one that was told to be made is; clones: %s',
  async (clones) => {
    const make: Act = async (disk) => (await backUp(disk)).manifest.id;
    await failEachCall(make, clones, (ids, made, first) => {
      expect(ids).toContain(first);
      if (made) expect(ids).toContain(made);
    });
  },
);

test('whatever call of deleting a backup fails, it is there and whole, or gone', {
  timeout: 120_000,
}, async () => {
  const remove: Act = async (disk, first) => {
    await new BackupStore(disk, folder).delete(first.id);
    return undefined;
  };
  await failEachCall(remove, false, (ids, made, first) => {
    if (made === undefined) expect(ids).toEqual([]);
    else expect([[], [first]]).toContainEqual(ids);
  });
});

test('whatever call fails by which it is put on record that a backup was read, the backup stays', {
  timeout: 120_000,
}, async () => {
  const rewrite: Act = async (disk, first) => {
    await new BackupStore(disk, folder).rewrite({ ...first, verified_at: '2026-01-02T03:04:05.000Z' });
    return first.id;
  };
  await failEachCall(rewrite, false, (ids, _, first) => expect(ids).toEqual([first]));
});

test('so many failures were injected into backups', () => {
  expect(injected).toBeGreaterThan(500);
  console.info(`faults of backups: ${injected.toLocaleString('en')} injected, ${codes.length} error codes`);
});

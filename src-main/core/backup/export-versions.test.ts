import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Disk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { type ExportSource, exportVersions } from './export-versions.ts';

const root = '/run';
const to = '/out/new';
const versions = ['a', 'b'].map((name) => ({
  id: `best_models/${name}.pt`,
  files: [`best_models/${name}.pt`, `best_models/${name}.json`, `best_models/${name}.pt.backup`],
}));
const codes = ['EIO', 'ENOSPC', 'EPERM', 'EEXIST', 'ENOENT'];
const disks = [
  ['with links', {}],
  ['without links', { links: false }],
  ['with clones', { clones: true }],
] as const;
const placeOf = (path: string) => `${root}/${path}`;
const bytesOf = (id: string) => `the model ${id} `.repeat(90);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function aRun(options = {}): MemoryDisk {
  const disk = new MemoryDisk(options);
  for (const { id, files } of versions)
    for (const file of files)
      disk.plant(`${root}/${file}`, file === id ? bytesOf(id) : `what goes with ${file}`);
  disk.plant('/out/foreign.txt', 'a file of someone else');
  disk.plant(`${to}/foreign.txt`, 'another one');
  return disk;
}

function exporting(disk: Disk, more: Partial<ExportSource> = {}, made: string | null = null) {
  const source = {
    placeOf,
    backupSuffix: '.backup',
    checksumOf: (id: string) => sha256(bytesOf(id)),
    ...more,
  };
  return exportVersions(disk, source, versions, { path: to, made });
}

/** A disk on which something happens just before a call. */
function at(call: number, disk: MemoryDisk, act: () => void): FaultDisk {
  const faults = new FaultDisk(disk);
  faults.before = () => {
    if (faults.calls.length === call) act();
  };
  return faults;
}

const elsewhere = (disk: MemoryDisk) =>
  [...disk.files()]
    .map(([path, data]) => [path, data.toString()])
    .filter(([path]) => path?.startsWith('/out'));

test.each(disks)('an export is whole, and of it nothing but copies stays, %s', async (_, options) => {
  const disk = aRun(options);
  const before = elsewhere(disk);
  const { files } = await exporting(disk);
  expect(files).toEqual(versions.map(({ id }) => ({ id, checksum: sha256(bytesOf(id)) })));
  expect(elsewhere(disk).slice(before.length)).toEqual([
    [`${to}/a.pt`, bytesOf('best_models/a.pt')],
    [`${to}/a.json`, 'what goes with best_models/a.json'],
    [`${to}/b.pt`, bytesOf('best_models/b.pt')],
    [`${to}/b.json`, 'what goes with best_models/b.json'],
  ]);
});

describe.each(disks)('on a disk %s', (_, options) => {
  test.each(codes)(
    'whatever call of an export fails with %s, the folder is as it was or has all of it',
    async (code) => {
      const [before, whole] = [elsewhere(aRun(options)), aRun(options)];
      await exporting(whole);
      for (let call = 1; ; call += 1) {
        const disk = aRun(options);
        const faults = new FaultDisk(disk, { call, code, forever: false });
        const outcome = await exporting(faults).then(
          () => elsewhere(whole),
          () => before,
        );
        if (faults.failed === 0) return;
        expect(elsewhere(disk), `call ${call}, ${faults.calls[call - 1]}`).toEqual(outcome);
      }
    },
  );

  test('where the disk fails for good, what it leaves is named, and no file of others has changed', async () => {
    const whole = aRun(options);
    await exporting(whole);
    for (let call = 1; ; call += 1) {
      const disk = aRun(options);
      const before = elsewhere(disk);
      const faults = new FaultDisk(disk, { call, code: 'EIO', forever: true });
      const said = await exporting(faults).then(() => null, String);
      if (faults.failed === 0) return;
      if (said === null) {
        expect(elsewhere(disk)).toEqual(elsewhere(whole));
        continue;
      }
      const left = elsewhere(disk)
        .slice(before.length)
        .map(([path = '']) => path.slice(to.length + 1));
      expect(elsewhere(disk).slice(0, before.length)).toEqual(before);
      // A staged file whose writing failed is known to nobody any more; the next export to that folder removes it.
      const unnamed = left.filter((name) => !name.endsWith('.tmp') && !said.includes(name));
      expect(unnamed, `call ${call}`).toEqual([]);
    }
  });

  test('a file that gets one of the names meanwhile stays, and of the export nothing', async () => {
    for (let call = 1; ; call += 1) {
      const disk = aRun(options);
      const before = elsewhere(disk);
      const foreign = [`${to}/b.json`, `made before call ${call}`] as const;
      const faults = at(call, disk, () => {
        if (!disk.files().has(foreign[0])) disk.plant(...foreign);
      });
      const failure = await exporting(faults).then(() => null, String);
      if (faults.calls.length < call) return;
      if (failure === null) continue;
      expect(failure).toContain('a file of that name');
      expect(elsewhere(disk)).toEqual([...before, foreign]);
    }
  });
});

test('a disk without links takes the bytes of an export once', async () => {
  const written = async (options: object) => {
    const faults = new FaultDisk(aRun(options));
    await exporting(faults);
    return faults.calls.filter((call) => call === 'write').length;
  };
  expect(await written({ links: false })).toBe(await written({}));
});

test.each([{}, { clones: true }, { links: false }])(
  'whenever the power is cut, each name has all of its bytes or is not there, but for an empty file without links: %j',
  async (options) => {
    const whole = aRun(options);
    await exporting(whole);
    const expected = new Map(elsewhere(whole) as [string, string][]);
    for (let call = 1; ; call += 1) {
      const disk = aRun(options);
      const faults = at(call, disk, () => assertNamesWhole(disk, expected, 'links' in options));
      await exporting(faults);
      if (faults.calls.length < call) return;
      for (const after of disk.crashStates())
        expect(new Map(elsewhere(after) as [string, string][]), 'once it is told to be done').toEqual(
          expected,
        );
    }
  },
);

function assertNamesWhole(disk: MemoryDisk, expected: ReadonlyMap<string, string>, orEmpty: boolean): void {
  for (const after of disk.crashStates())
    for (const [path = '', text] of elsewhere(after))
      if (!path.endsWith('.tmp') && !(orEmpty && text === '')) expect(text, path).toBe(expected.get(path));
}

test('an export that is stopped leaves nothing', async () => {
  for (let call = 1; ; call += 1) {
    const disk = aRun();
    const before = elsewhere(disk);
    const stop = new AbortController();
    const faults = at(call, disk, () => stop.abort(new Error('enough')));
    const failure = await exporting(faults, { reading: { signal: stop.signal } }).then(() => null, String);
    if (faults.calls.length < call) return;
    if (failure === null) continue;
    expect(failure).toContain('enough');
    expect(elsewhere(disk)).toEqual(before);
  }
});

test('folders that were made for an export that fails go with it; those that were there stay', async () => {
  const disk = aRun();
  await disk.unlink(`${to}/foreign.txt`);
  await expect(exporting(disk, { checksumOf: () => sha256('other bytes') }, to)).rejects.toThrow(
    'its bytes do not match its checksum',
  );
  expect([await disk.lookAt(to), (await disk.lookAt('/out'))?.type]).toEqual([null, 'folder']);
});

test('the copies of what was replaced stay in the run, whatever ending the config gives them', async () => {
  const disk = aRun();
  const files = ['best_models/a.pt', 'best_models/a.pt.old', 'best_models/a.json'];
  disk.plant(`${root}/best_models/a.pt.old`, 'what was there before');
  const source = { placeOf, backupSuffix: '.old', checksumOf: () => null };
  await exportVersions(disk, source, [{ id: 'best_models/a.pt', files }], { path: to, made: null });
  expect([...disk.files().keys()].filter((path) => path.startsWith(to)).sort()).toEqual(
    ['a.json', 'a.pt', 'foreign.txt'].map((name) => `${to}/${name}`),
  );
});

test('two versions of one file name are refused before anything is written', async () => {
  const disk = aRun();
  const before = elsewhere(disk);
  const twice = [...versions, { id: 'checkpoints/a.pt', files: ['checkpoints/a.pt'] }];
  const source = { placeOf, backupSuffix: '.backup', checksumOf: () => null };
  await expect(exportVersions(disk, source, twice, { path: to, made: null })).rejects.toThrow(
    'a file of that name',
  );
  expect(elsewhere(disk)).toEqual(before);
});

test('a model that no checksum is known of and that is written to meanwhile is not exported', async () => {
  const disk = aRun();
  const before = elsewhere(disk);
  const faults = new FaultDisk(disk);
  faults.before = (call) => {
    if (call === 'read') disk.plant(`${root}/best_models/a.pt`, 'half of the next one');
  };
  await expect(exporting(faults, { checksumOf: () => null })).rejects.toThrow('changed while it was read');
  expect(elsewhere(disk)).toEqual(before);
});

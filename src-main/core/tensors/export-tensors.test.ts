import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { stagingName } from '../files/stage-file.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import type { Tensor } from '../formats/contents.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { python } from '../packing/python.fixture.ts';
import { compareTensors } from './compare-tensors.ts';
import { exportTensors } from './export-tensors.ts';
import { allTypes, float32, randomTensor, tensorOf } from './naive.fixture.ts';

const read = async (path: string) => readContents(bufferSource(path, readFileSync(path)));
const lost: Tensor = { ...tensorOf('float32', [1], float32([1]), { name: 'lost' }), data: null };
const one = (name: string) => tensorOf('float32', [2], float32([1, 2]), { name });

test('several tensors are written to one npz, each with the elements it has', async () => {
  const tensors = allTypes.map((dtype, index) => ({
    ...randomTensor(index + 1, dtype).tensor,
    name: `net.${dtype}`,
  }));
  const path = join(temporaryFolder(), 'a.npz');
  const { bytes, leftOut } = await exportTensors(realDisk, tensors, path);
  expect([readFileSync(path).length, leftOut]).toEqual([bytes, []]);
  const { format, tensors: found, problems } = await read(path);
  expect([format, problems, found.map(({ name }) => name)]).toEqual([
    'npz',
    [],
    tensors.map(({ name }) => name),
  ]);
  const compared = await compareTensors(
    tensors.map((a, index) => ({ a, b: found[index] as Tensor })),
    {},
  );
  for (const [index, difference] of compared.entries()) {
    const isSame = difference === 'same' || difference?.changed === 0 || tensors[index]?.shape.includes(0);
    expect(isSame, tensors[index]?.name).toBe(true);
  }
});

test('Python reads the members of it as a zip, each stored and whole', async () => {
  const path = join(temporaryFolder(), 'a.npz');
  await exportTensors(realDisk, [one('net.w'), one('net.b')], path);
  const script =
    'import zipfile,sys,json; z=zipfile.ZipFile(sys.argv[1]); print(json.dumps([z.testzip(), z.namelist()]))';
  const told = execFileSync(python, ['-c', script, path], { encoding: 'utf8' });
  expect(JSON.parse(told)).toEqual([null, ['net.w.npy', 'net.b.npy']]);
});

test('names of tensors become files inside the folder, whatever they are, and one that cannot be read is named', async () => {
  const parent = temporaryFolder();
  const folder = join(parent, 'arrays');
  const names = ['../../evil', '/etc/passwd', 'a\0b', '.hidden', '', 'A', 'a'];
  const exported = await exportTensors(realDisk, [...names.map(one), lost], folder);
  expect(exported).toMatchObject({ tensors: 7, leftOut: ['lost'] });
  expect(readdirSync(parent)).toEqual(['arrays']);
  expect(readdirSync(folder).sort()).toEqual(
    ['A.npy', 'a-2.npy', '_.._evil.npy', '_etc_passwd.npy', 'a_b.npy', 'hidden.npy', 'tensor.npy'].sort(),
  );
  const npz = join(parent, 'b.npz');
  await exportTensors(realDisk, names.map(one), npz);
  const { tensors } = await read(npz);
  expect(tensors.map(({ name }) => name)).toContain('_.._evil');
});

test.each(['a.npz', 'a'])('what fails leaves nothing behind: %s', async (name) => {
  const folder = temporaryFolder();
  const failing = one('b');
  const data = { ...failing.data!, source: { ...failing.data!.source, size: 8, name: 'x' } };
  const broken = {
    ...failing,
    data: { ...data, source: { ...data.source, read: () => Promise.reject(new Error('no disk')) } },
  };
  const work = exportTensors(realDisk, [one('a'), broken as Tensor], join(folder, name));
  await expect(work).rejects.toThrow();
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder may have a CSV for each, as a single tensor is exported; an npz may not', async () => {
  const folder = temporaryFolder();
  const asCsv = (name: string) =>
    exportTensors(
      realDisk,
      [one('net.w'), one('net.b'), lost],
      join(folder, name),
      undefined,
      undefined,
      'csv',
    );
  expect(await asCsv('rows')).toMatchObject({ tensors: 2, leftOut: ['lost'], bytes: 8 });
  expect(readdirSync(join(folder, 'rows')).sort()).toEqual(['net.b.csv', 'net.w.csv']);
  expect(readFileSync(join(folder, 'rows/net.w.csv'), 'utf8')).toBe('1,2\n');
  await expect(asCsv('a.npz')).rejects.toThrow('an .npz holds no CSV');
  expect(readdirSync(folder)).toEqual(['rows']);
});

test('a folder has its name only once it is whole', async () => {
  const parent = temporaryFolder();
  const target = join(parent, 'arrays');
  const seen: boolean[] = [];
  const onBytes = () => seen.push(existsSync(target));
  await exportTensors(realDisk, [one('a'), one('b')], target, { onBytes });
  expect(seen).toEqual([false, false]);
  expect(readdirSync(parent)).toEqual(['arrays']);
  expect(readdirSync(target).sort()).toEqual(['a.npy', 'b.npy']);
});

test('a folder that came to have the name meanwhile stays as it is', async () => {
  const target = join(temporaryFolder(), 'arrays');
  const onBytes = () => mkdirSync(target, { recursive: true });
  const work = exportTensors(realDisk, [one('a')], target, { onBytes });
  await expect(work).rejects.toThrow('is there already');
  expect([readdirSync(dirname(target)), readdirSync(target)]).toEqual([['arrays'], []]);
});

test('what an export that was killed left half written goes with the next one there', async () => {
  const parent = temporaryFolder();
  const left = stagingName('arrays').replace(`.${process.pid}.`, `.${2 ** 22 + 5}.`);
  put(parent, `${left}/a.npy`, 'half');
  put(parent, '.mine.tmp/a.npy', 'mine');
  await exportTensors(realDisk, [one('a')], join(parent, 'arrays'));
  expect(readdirSync(parent).sort()).toEqual(['.mine.tmp', 'arrays']);
});

test.each(['a.npz', 'a'])('nothing that is there is written over: %s', async (name) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), 'mine');
  await expect(exportTensors(realDisk, [one('a')], join(folder, name))).rejects.toThrow('is there already');
  expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
});

test('where no tensor can be read nothing is made', async () => {
  const path = join(temporaryFolder(), 'a');
  await expect(exportTensors(realDisk, [lost], path)).rejects.toThrow('none of these tensors');
  expect(existsSync(path)).toBe(false);
});

test('work that is called off leaves nothing', async () => {
  const folder = temporaryFolder();
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(exportTensors(realDisk, [one('a')], join(folder, 'a.npz'), { signal })).rejects.toThrow(
    'enough',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('where nothing can be exported it is said why', async () => {
  const target = join(temporaryFolder(), 'a.npz');
  const { data, ...bare } = one('a');
  const sparse = { ...bare, data: null, values: { ...bare, data } };
  const text = { ...one('b'), dtype: 'U3' };
  await expect(exportTensors(realDisk, [sparse, text], target)).rejects.toThrow(
    /can be written: it is sparse, and [^\n]+ of its shape; its elements are texts, and no numbers \(U3\) — load it in Python/,
  );
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { type Inspection, inspectFile } from '../contents/inspect-file.ts';
import { diffContents } from '../diff/diff-contents.ts';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import type { Tensor } from '../formats/contents.ts';
import { noise } from '../formats/fixtures/bytes.ts';
import { writeNpy } from '../formats/fixtures/write-others.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { writeZip, type ZipMember } from '../formats/fixtures/write-zip.ts';
import { exportTensor } from './export-tensor.ts';
import { exportTensors } from './export-tensors.ts';
import { measureTensors } from './measure-tensors.ts';

const damaged = (member: string) => `the bytes of ${member} do not match the CRC in the archive: damaged`;

async function inspect(bytes: Buffer): Promise<Inspection> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-crc-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a.file'), bytes);
  const inspection = await inspectFile(join(folder, 'a.file'));
  onTestFinished(() => inspection.close());
  return inspection;
}

async function problemsOf(tensors: readonly Tensor[]): Promise<string[]> {
  const problems: string[] = [];
  await measureTensors(tensors, { onDamaged: (problem) => problems.push(problem) });
  return problems;
}

/** With one bit changed where these bytes stand. */
function flipped(file: Buffer, bytes: Buffer, place = bytes.length - 1): Buffer {
  const copy = Buffer.from(file);
  const at = copy.indexOf(bytes);
  expect(at).toBeGreaterThan(0);
  copy[at + place] = (copy[at + place] as number) ^ 1;
  return copy;
}

const torch = writeTorchZip([3, 50]);
const second = noise(4 * 50, 2);

test('whoever measures a tensor is told that its bytes are not those that were saved', async () => {
  const { contents } = await inspect(torch);
  expect(await problemsOf(contents.tensors)).toEqual([]);
  const { contents: other } = await inspect(flipped(torch, second));
  expect(other.problems).toEqual([]);
  expect(await problemsOf(other.tensors)).toEqual([damaged('archive/data/1')]);
  expect(await problemsOf(other.tensors.slice(0, 1))).toEqual([]);
});

const array = (elements: number) =>
  writeNpy("'<f4'", `(${elements},)`, Buffer.alloc(4 * elements, `${elements}`));

function npz(...members: Partial<ZipMember>[]): Buffer {
  const arrays = [20, 30_000].map((elements, index) => ({ name: `a${index}.npy`, data: array(elements) }));
  return writeZip(arrays.map((member, index) => ({ ...member, ...members[index] })));
}

test('checksums that were left out are compared with nothing', async () => {
  const { contents } = await inspect(npz({ crc: 0 }, { crc: 0, deflated: true }));
  expect(contents.problems).toEqual([]);
  expect(await problemsOf(contents.tensors)).toEqual([]);
});

test('the header of an array counts too', async () => {
  const { contents } = await inspect(npz());
  expect(await problemsOf(contents.tensors)).toEqual([]);
  const { contents: other } = await inspect(flipped(npz(), array(20), 110));
  expect(other.problems).toEqual([]);
  expect(await problemsOf(other.tensors)).toEqual([damaged('a0.npy')]);
});

test.each([0, 1])(
  'elements that are packed are compared as they are unpacked, of array %i',
  async (index) => {
    const packed: Partial<ZipMember>[] = [{ deflated: true }, { deflated: true }];
    expect((await inspect(npz(...packed))).contents.problems).toEqual([]);
    packed[index] = { deflated: true, crc: 1 };
    const { contents } = await inspect(npz(...packed));
    expect(contents.problems).toEqual([]);
    expect(await problemsOf(contents.tensors)).toEqual([damaged(`a${index}.npy`)]);
    const { problems, tensors } = await diffContents((await inspect(npz())).contents, contents);
    expect(problems).toEqual([`b: ${damaged(`a${index}.npy`)}`]);
    expect(tensors).toMatchObject({ identical: 1, not_compared: [`a${index}`] });
    const folder = temporaryFolder();
    for (const name of ['a.npz', 'arrays'])
      await expect(exportTensors(realDisk, contents.tensors, join(folder, name))).rejects.toThrow(
        damaged(`a${index}.npy`),
      );
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('threads tell it too', async () => {
  const large = array(7_000_000);
  const files = [large, flipped(large, Buffer.alloc(16, '7000000'), 8)].map((data) =>
    writeZip([{ name: 'large.npy', data, crc: crc32(large) }]),
  );
  const [one, other] = [await inspect(files[0] as Buffer), await inspect(files[1] as Buffer)];
  expect(await problemsOf(one.contents.tensors)).toEqual([]);
  expect(await problemsOf(other.contents.tensors)).toEqual([damaged('large.npy')]);
  const { problems, tensors } = await diffContents(one.contents, other.contents);
  expect(problems).toEqual([`b: ${damaged('large.npy')}`]);
  expect(tensors.changed).toHaveLength(1);
});

test('in whatever order and part a storage is read', async () => {
  const { contents } = await inspect(torch);
  const { contents: other } = await inspect(flipped(torch, second));
  const views: Partial<Tensor>[][] = [
    [{ shape: [5, 10], stride: [1, 5] }],
    [{ shape: [25], stride: [2] }],
    [{ shape: [7, 50], stride: [0, 1] }],
    [
      { shape: [10], stride: [1], offset: 0 },
      { shape: [20], stride: [1], offset: 5 },
      { shape: [25], stride: [1], offset: 25 },
      { shape: [50], stride: [1], offset: 0 },
    ],
    [{ shape: [30], stride: [1], offset: 10 }],
  ];
  for (const view of views) {
    const [whole, broken] = [contents, other].map(({ tensors }) =>
      view.map((changed) => ({ ...(tensors[1] as Tensor), ...changed })),
    ) as [Tensor[], Tensor[]];
    expect(await problemsOf(whole)).toEqual([]);
    expect([view, await problemsOf(broken)]).toEqual([view, [damaged('archive/data/1')]]);
  }
});

test('a member of which little is measured is not read for its checksum', async () => {
  const { contents } = await inspect(flipped(torch, second));
  expect(await problemsOf([{ ...(contents.tensors[1] as Tensor), shape: [20] }])).toEqual([]);
});

test('two checkpoints that are compared are both looked after', async () => {
  const { contents: whole } = await inspect(torch);
  const { contents: other } = await inspect(flipped(torch, second));
  const { problems, tensors } = await diffContents(other, other);
  expect(problems).toEqual([`a: ${damaged('archive/data/1')}`, `b: ${damaged('archive/data/1')}`]);
  expect(tensors.identical).toBe(2);
  expect((await diffContents(whole, whole)).problems).toEqual([]);
});

test.each(['a.npz', 'arrays'])(
  'nothing is exported of bytes that are not those that were saved: %s',
  async (name) => {
    const folder = temporaryFolder();
    const { contents } = await inspect(flipped(torch, second));
    const write = (tensors: readonly Tensor[]) => exportTensors(realDisk, tensors, join(folder, name));
    await expect(write(contents.tensors)).rejects.toThrow(damaged('archive/data/1'));
    expect(readdirSync(folder)).toEqual([]);
    expect(await write(contents.tensors.slice(0, 1))).toMatchObject({ tensors: 1 });
  },
);

test.each(['a.npy', 'a.csv'])('a tensor of such bytes is not exported either: %s', async (name) => {
  const folder = temporaryFolder();
  const { contents } = await inspect(flipped(torch, second));
  const views: Partial<Tensor>[] = [
    {},
    { shape: [5, 10], stride: [1, 5] },
    { shape: [5, 2, 5], stride: [1, 25, 5] },
  ];
  for (const view of views) {
    const tensor = { ...(contents.tensors[1] as Tensor), ...view };
    await expect(exportTensor(realDisk, tensor, join(folder, name))).rejects.toThrow(
      damaged('archive/data/1'),
    );
  }
  expect(readdirSync(folder)).toEqual([]);
});

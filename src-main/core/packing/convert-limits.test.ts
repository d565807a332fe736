import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { noise } from '../formats/fixtures/bytes.ts';
import { protobufField as field, writeNpy, writeOnnxGraph } from '../formats/fixtures/write-others.ts';
import { writeZip } from '../formats/fixtures/write-zip.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { text, writeWith } from './pickled-item.fixture.ts';
import { writeAnew } from './write-anew.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

const weight = field(
  5,
  Buffer.concat([field(1, 6), field(2, 1), field(8, 'fc.weight'), field(9, noise(24))]),
);
const array = writeNpy("'<f4'", '(2,)', noise(8));
/** Of each format a file with more than is looked at, sound as it is. */
const files: readonly (readonly [name: string, make: () => Buffer])[] = [
  ['model.onnx', () => writeOnnxGraph(weight, Buffer.alloc(2_000_002, Buffer.from([0x18, 1])))],
  [
    'arrays.npz',
    () => writeZip(Array.from({ length: 20_001 }, (_, index) => ({ name: `a${index}.npy`, data: array }))),
  ],
  [
    'deep.msgpack',
    () => Buffer.concat([...new Array<Buffer>(70).fill(Buffer.from([0x81, 0xa1, 0x61])), Buffer.of(1)]),
  ],
  [
    'many.msgpack',
    () => {
      const values = Buffer.alloc(25_000, Buffer.of(1));
      return Buffer.concat([Buffer.from([0x81, 0xa1, 0x61, 0xdd, 0, 0, 0x61, 0xa8]), values]);
    },
  ],
];

test.each(files)('%s with more than is looked at is neither converted nor repaired', async (name, make) => {
  const path = join(folder, name);
  writeFileSync(path, make());
  await expect(writeAnew(realDisk, path, join(folder, 'new.pt'), { act: 'convert' })).rejects.toThrow(
    /^cannot convert [^\n—]+ — not all of it is looked at[^\n—]+ — load it in Python[^\n—]+$/,
  );
  await expect(writeAnew(realDisk, path, join(folder, 'new.pt'), { act: 'repair' })).rejects.toThrow(
    /^cannot repair [^\n—]+ — nothing is known to be wrong with it, but not all of it is looked at[^\n]+$/,
  );
  expect(readdirSync(folder)).toEqual([name]);
});

test('metadata of which only the beginning would be told are not cut short', async () => {
  const path = join(folder, 'long.pt');
  writeWith(path, text('metadata'), '}', text('history'), `](${'K\x07'.repeat(30_000)}es`);
  await expect(
    writeAnew(realDisk, path, join(folder, 'new.safetensors'), { act: 'convert' }),
  ).rejects.toThrow(/its metadata has more values [^\n]+ — convert it to .pt$/);
  expect(await writeAnew(realDisk, path, join(folder, 'new.pt'), { act: 'convert' })).toMatchObject({
    leftOut: [],
  });
});

test('an array that is packed and large is converted whole', async () => {
  const path = join(folder, 'packed.npz');
  const large = Buffer.alloc(1e7, 'cairn');
  writeFileSync(
    path,
    writeZip([{ name: 'a.npy', data: writeNpy("'|u1'", '(10000000,)', large), deflated: true }]),
  );
  await writeAnew(realDisk, path, join(folder, 'new.safetensors'), { act: 'convert' });
  expect(readFileSync(join(folder, 'new.safetensors')).subarray(-1e7).equals(large)).toBe(true);
});

test('what was written of a long history is read to its end', async () => {
  const path = join(folder, 'model.pt');
  const thousand = `(${'N'.repeat(1000)}e`;
  writeWith(path, text('history'), ']', ...new Array<string>(1600).fill(thousand));
  await writeAnew(realDisk, path, join(folder, 'new.pt'), { act: 'convert' });
  const contents = await readContents(bufferSource('new.pt', readFileSync(join(folder, 'new.pt'))));
  expect(contents).toMatchObject({ problems: [], stopped: undefined });
});

test('a pickle of which not everything is listed is not converted', async () => {
  const path = join(folder, 'deep.pt');
  writeWith(path, text('deep'), ']'.repeat(150), 'a'.repeat(149));
  await expect(
    writeAnew(realDisk, path, join(folder, 'new.safetensors'), { act: 'convert' }),
  ).rejects.toThrow(/not all of it is looked at[^\n]+deeper ones, than are listed/);
});

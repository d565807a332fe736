import { randomFillSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { safetensorsOf, writeNpy } from '../formats/fixtures/write-others.ts';
import { writeZip } from '../formats/fixtures/write-zip.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { text, writeWith } from './pickled-item.fixture.ts';
import { writeAnew } from './write-anew.ts';

let folder = '';
let path = '';
const at = (name: string) => join(folder, name);
const look = (file: string) => readContents(bufferSource(file, readFileSync(file)));
const convert = (out: string) => writeAnew(realDisk, path, at(out), { act: 'convert' });

beforeEach(() => {
  folder = temporaryFolder();
  path = at('model.pt');
});

test('what is neither plain data nor a tensor is left out and named; nothing of it is executed', async () => {
  writeWith(path, text('bad'), 'cos\nsystem\n', text(`touch ${folder}/x`), '\x85R');
  const { leftOut, tensors } = await convert('plain.pt');
  expect({ leftOut, tensors }).toEqual({ leftOut: ['bad'], tensors: 1 });
  expect((await look(at('plain.pt'))).trust).toBe('tensors-only');
  expect(readdirSync(folder).sort()).toEqual(['model.pt', 'plain.pt']);
});

const ordered = (...pairs: readonly string[]) => `ccollections\nOrderedDict\n](${pairs.join('')}e\x85R`;
const shaped = `(${text('storage')}ctorch\nFloatStorage\n${text('0')}${text('cpu')}K\x06tQK\x00K\x06\x85K\x01\x85`;
const tensor = `ctorch._utils\n_rebuild_tensor_v2\n(${shaped}\x89ccollections\nOrderedDict\n)RtR`;

test('a state dict of Python 2, which is made of a list of pairs, has its names', async () => {
  writeWith(path, text('net'), ordered(`](${text('layer.weight')}${tensor}e`));
  const { tensors, problems } = await look(path);
  expect(problems).toEqual([]);
  expect(tensors.map(({ name }) => name)).toEqual(['weight', 'net.layer.weight']);
  expect(await convert('new.pt')).toMatchObject({ tensors: 2, leftOut: [] });
  expect((await look(at('new.pt'))).tensors.map(({ name }) => name)).toEqual(['weight', 'net.layer.weight']);
});

test('what a Counter counts stays', async () => {
  writeWith(path, text('seen'), `ccollections\nCounter\n}(${text('a')}K\x03${text('b')}K\x01u\x85R`);
  expect(await convert('new.pt')).toMatchObject({ leftOut: [] });
  const { entries } = await look(at('new.pt'));
  expect(entries).toContainEqual({ key: 'seen', type: 'dict', summary: '2 items' });
});

test.each([
  [
    'what makes the missing items of a defaultdict',
    'ccollections\ndefaultdict\nc__builtin__\nlist\n\x85R',
    'more.default_factory',
  ],
  ['an attribute of a dictionary', `ccollections\nOrderedDict\n)R}${text('note')}K\x01sb`, 'more.note'],
  [
    'an attribute of a tensor',
    `ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_tensor_v2\nctorch\nTensor\n(${shaped}\x89ccollections\nOrderedDict\n)Rt}${text('note')}K\x01stR`,
    'more.note',
  ],
])('%s is named among what is left out', async (_, value, name) => {
  writeWith(path, text('more'), value);
  expect((await convert('new.pt')).leftOut).toEqual([name]);
});

test('of a bare state dict that goes to .safetensors nothing is left out', async () => {
  writeWith(path, text('conv.weight'), tensor, text('conv.bias'), tensor);
  expect(await convert('new.safetensors')).toMatchObject({ tensors: 3, leftOut: [] });
});

test('of a torn .safetensors every tensor that is lost is named', async () => {
  const names = ['a.weight', 'a.bias', 'b.weight', 'b.bias'];
  const entries = names.map((name, index) => [
    name,
    { dtype: 'F32', shape: [2], data_offsets: [index * 8, index * 8 + 8] },
  ]);
  writeFileSync(at('torn.safetensors'), safetensorsOf(Object.fromEntries(entries), Buffer.alloc(12)));
  const { leftOut } = await writeAnew(realDisk, at('torn.safetensors'), at('rest.safetensors'), {
    act: 'repair',
  });
  expect(leftOut).toEqual(['a.bias', 'b.weight', 'b.bias']);
});

test('of a torn compressed .npz the arrays that are whole are written, and the other is named', async () => {
  const array = () => writeNpy("'|u1'", '(4000,)', randomFillSync(Buffer.alloc(4000)));
  const member = (name: string) => ({ name: `${name}.npy`, data: array(), deflated: true });
  const bytes = writeZip(['a', 'b', 'c'].map(member));
  writeFileSync(at('torn.npz'), bytes.subarray(0, bytes.length - 1500));
  for (const name of ['rest.pt', 'rest.safetensors']) {
    const repaired = await writeAnew(realDisk, at('torn.npz'), at(name), { act: 'repair' });
    expect(repaired).toMatchObject({ tensors: 2, leftOut: ['c'] });
  }
});

describe('a file of nothing but tensors that are not written', () => {
  const floats = (type: string, more: string) =>
    `(${text('storage')}ctorch\n${type}Storage\n${text('0')}${text('cpu')}K\x06tQK\x00K\x06\x85K\x01\x85${more}`;
  const hooks = '\x89ccollections\nOrderedDict\n)R';
  const dense = `ctorch._utils\n_rebuild_tensor_v2\n(${floats('Float', `${hooks}tR`)}`;
  const quantized = `ctorch._utils\n_rebuild_qtensor\n(${floats('QInt8', `(ctorch\nper_tensor_affine\nK\x01K\x00t${hooks}tR`)}`;
  const sparse = `ctorch._utils\n_rebuild_sparse_tensor\nctorch\nsparse_coo\n(${dense}${dense}K\x06\x85t\x86R`;

  test.each([
    ['quantized', quantized, 6],
    ['sparse', sparse, 24],
  ])('is said to be %s, whole and left out', async (word, value, size) => {
    const data = Buffer.from(`\x80\x02}${text('w')}${value}s.`, 'latin1');
    const member = (name: string, bytes: Buffer) => ({ name: `a/${name}`, data: bytes });
    const bytes = Buffer.alloc(size);
    writeFileSync(
      path,
      writeZip([member('data.pkl', data), member('data/0', bytes), member('version', Buffer.from('3'))]),
    );
    for (const out of ['new.pt', 'new.safetensors'])
      await expect(convert(out)).rejects.toThrow(
        new RegExp(
          `^cannot write anything of [^ ]+ — its one tensor is ${word}: whole, but left out[^—]+ — [^—]+$`,
        ),
      );
    expect(readdirSync(folder)).toEqual(['model.pt']);
  });
});

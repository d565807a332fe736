import { expect, test } from 'vitest';
import { classifyName } from '../classify-name.ts';
import { fileSetOf, stemOfSet } from './file-sets.ts';

const data = (part: number, of = 2) => `ckpt-1.data-0000${part}-of-0000${of}`;
const shard = (part: number, of = 3) => `model-0000${part}-of-0000${of}.safetensors`;
const index = 'model.safetensors.index.json';

test('the files of one checkpoint have one stem, whatever their endings', () => {
  for (const name of ['ckpt-1.index', data(0), data(1)]) expect(stemOfSet(name)).toBe('ckpt-1');
  for (const name of [index, shard(1), shard(3)]) expect(stemOfSet(name)).toBe('model.safetensors.index');
  expect(stemOfSet('pytorch_model-00001-of-00002.bin')).toBe('pytorch_model.bin.index');
  expect(stemOfSet('pytorch_model.bin.index.json')).toBe('pytorch_model.bin.index');
  expect(stemOfSet('model.ckpt-10.meta')).toBe('model.ckpt-10');
  for (const name of ['model.safetensors', 'index.json', 'a-00001-of-00002.pt', 'notes.meta', '.index'])
    expect(stemOfSet(name)).toBeNull();
  expect(classifyName(shard(1), { backup_suffix: '.backup' }).role).toBe('part');
});

test('the index stands for the set, and each shard that is not there is named', () => {
  expect(fileSetOf('ckpt-1', ['ckpt-1.index', data(1), data(0)])).toEqual({
    main: 'ckpt-1.index',
    others: [data(0), data(1)],
    missing: [],
  });
  expect(fileSetOf('ckpt-1', ['ckpt-1.index', data(0)])?.missing).toEqual([`${data(1)} is missing`]);
  expect(fileSetOf('model.safetensors.index', [shard(3), index])?.missing).toEqual([
    `${shard(1)} is missing`,
    `${shard(2)} is missing`,
  ]);
});

test('without its index the first shard stands for the set, which says so', () => {
  expect(fileSetOf('model.safetensors.index', [shard(2, 2), shard(1, 2)])).toEqual({
    main: shard(1, 2),
    others: [shard(2, 2)],
    missing: [`${index} is missing`],
  });
});

test('an index alone is one of a checkpoint only where its name says so', () => {
  expect(fileSetOf('ckpt-1', ['ckpt-1.index'])?.missing).toEqual([
    'its values are missing: no ckpt-1.data-00000-of-00001',
  ]);
  expect(fileSetOf('faiss', ['faiss.index'])).toBeNull();
  expect(fileSetOf('model.safetensors.index', [index])).toBeNull();
});

import { describe, expect, test } from 'vitest';
import { writeSafetensors } from '../fixtures/write-others.ts';
import { pickle, writeTorchZip } from '../fixtures/write-torch.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';
import { readShardedContents } from './read-shards.ts';

const files: Record<string, Buffer> = {
  'model-00001-of-00002.safetensors': writeSafetensors([3, 5]),
  'model-00002-of-00002.safetensors': writeSafetensors([7]),
};

async function read(map: unknown, { index = JSON.stringify({ weight_map: map }), there = files } = {}) {
  const asked: string[] = [];
  const contents = await readShardedContents(bufferSource('a', Buffer.from(index)), async (name) => {
    asked.push(name);
    return there[name] ? readContents(bufferSource(name, there[name])) : null;
  });
  return { ...contents, asked };
}

const [first = '', second = ''] = Object.keys(files);

test('the tensors of all shards are those of one checkpoint, each from the file the index says', async () => {
  const { tensors, problems, entries } = await read({ 'layer.1': first, 'layer.0': second });
  expect(problems).toEqual([]);
  expect(tensors.map(({ name, shape }) => [name, ...shape])).toEqual([
    ['layer.1', 5],
    ['layer.0', 7],
  ]);
  expect(entries).toContainEqual({ key: first, type: 'shard', summary: '1 tensors' });
});

test('a shard that is missing, or has not what the index says, is told', async () => {
  const there = { [first]: files[first] as Buffer };
  const { tensors, problems } = await read(
    { 'layer.0': first, gone: first, w: second, v: second },
    { there },
  );
  expect(tensors).toHaveLength(1);
  expect(problems).toEqual([
    `${first}: 1 tensors that the index has in it are not in it`,
    `${second} is missing`,
    `${second}: 2 tensors that the index has in it are missing with it`,
  ]);
});

test('a shard that is torn says so, and the others are read', async () => {
  const there = { ...files, [first]: (files[first] as Buffer).subarray(0, 4) };
  const { tensors, problems } = await read({ 'layer.1': first, 'layer.0': second }, { there }).catch(
    (error) => {
      throw error;
    },
  );
  expect(tensors.map(({ shape }) => shape)).toEqual([[7]]);
  expect(problems.join()).toContain(first);
});

test('shards of PyTorch are one checkpoint, and what any of them would do when it is loaded is told', async () => {
  const call = pickle('cposix\nsystem\n(', 'X\x01\0\0\0a', 'tR');
  const shards: Record<string, Buffer> = { one: writeTorchZip([3]), evil: call };
  const readShard = async (name: string) =>
    shards[name] ? readContents(bufferSource(name, shards[name])) : null;
  const readMap = (map: unknown) =>
    readShardedContents(
      bufferSource('a', Buffer.from(JSON.stringify({ weight_map: map }))),
      readShard,
      'sharded-torch',
    );
  expect(await readMap({ 0: 'one' })).toMatchObject({
    ...{ format: 'sharded-torch', problems: [], trust: 'tensors-only' },
    tensors: [{ name: '0', shape: [3] }],
  });
  const { trust, globals } = await readMap({ 0: 'one', w: 'evil' });
  expect([trust, globals.map(({ name }) => name)]).toEqual(['runs-code', expect.arrayContaining(['system'])]);
  expect(await readMap({ 0: 'one', w: 'gone' })).toMatchObject({ trust: 'runs-code', unread: ['gone'] });
});

describe('no name leads out of the folder', () => {
  test.each(['../x', '/etc/passwd', 'a/b', 'a\\b', '..', '', 'C:x', 'a\0', '%2e%2e', '%2e%2e%2fx', 'x%5cy'])(
    '%j',
    async (name) => {
      await expect(read({ w: name })).rejects.toThrow('no file beside it');
    },
  );
});

test.each([
  ['is no JSON', '{"weight_map":'],
  ['is a list', '[]'],
  ['has no map', '{"metadata":{}}'],
  ['maps to something else', '{"weight_map":{"a":1}}'],
  ['names a tensor twice', '{"weight_map":{"a":"x","a":"y"}}'],
])('an index that %s is refused with a sentence', async (_, index) => {
  await expect(read(null, { index })).rejects.toMatchObject({ name: 'Damage' });
});

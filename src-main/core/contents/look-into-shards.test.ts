import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeSafetensors } from '../formats/fixtures/write-others.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { inspectFile } from './inspect-file.ts';

const indexName = 'model.safetensors.index.json';

function indexOf(map: Record<string, string>): string {
  return JSON.stringify({ metadata: { total_size: 1 }, weight_map: map });
}

test('a sharded checkpoint is one, each tensor readable from its own file, links followed', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'snapshot'));
  put(folder, 'blobs/one', writeSafetensors([3, 5]));
  put(folder, 'blobs/index', indexOf({ 'layer.1': 'a.safetensors', w: 'gone.safetensors' }));
  symlinkSync('../blobs/one', join(folder, 'snapshot/a.safetensors'));
  symlinkSync('../blobs/index', join(folder, 'snapshot', indexName));
  const inspection = await inspectFile(join(folder, 'snapshot', indexName));
  const { format, tensors, problems } = inspection.contents;
  expect(format).toBe('sharded-safetensors');
  expect(tensors.map(({ name, shape }) => [name, ...shape])).toEqual([['layer.1', 5]]);
  expect(problems).toEqual([
    'gone.safetensors is missing',
    'gone.safetensors: 1 tensors that the index has in it are missing with it',
  ]);
  const data = tensors[0]?.data;
  expect((await data?.source.read(data.start, data.length))?.length).toBe(20);
  await inspection.close();
});

test('shards that PyTorch wrote are one checkpoint too', async () => {
  const folder = temporaryFolder();
  put(folder, 'pytorch_model-00001-of-00001.bin', writeTorchZip([3]));
  const path = join(folder, 'pytorch_model.bin.index.json');
  put(folder, 'pytorch_model.bin.index.json', indexOf({ 0: 'pytorch_model-00001-of-00001.bin' }));
  const { contents, close } = await inspectFile(path);
  expect(contents).toMatchObject({ format: 'sharded-torch', problems: [], trust: 'tensors-only' });
  expect(contents.tensors).toMatchObject([{ name: '0', shape: [3] }]);
  await close();
  put(folder, 'pytorch_model.bin.index.json', '{');
  const damaged = await inspectFile(path);
  expect(damaged.contents).toMatchObject({ format: 'sharded-torch', trust: 'runs-code', tensors: [] });
  await damaged.close();
});

test.each(['../a.safetensors', '/etc/passwd', '..%2fa'])(
  'an index that names %s is refused',
  async (name) => {
    const folder = temporaryFolder();
    put(folder, indexName, indexOf({ w: name }));
    const { contents, close } = await inspectFile(join(folder, indexName));
    expect(contents.tensors).toEqual([]);
    expect(contents.problems.join()).toContain('no file beside it');
    await close();
  },
);

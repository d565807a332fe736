import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ModelValidationError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { ModelManager } from '../model-manager.ts';
import { safetensorsSource } from './safetensors-source.ts';
import { type Storage, storageOf, TorchTensor, tensorOf } from './torch-value.ts';

test('a state dict is saved as safetensors: listed whole, with its tensors, types and shapes to the bit', async () => {
  const run = temporaryFolder();
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  const counted = storageOf(Float32Array.of(0, 1, 2, 3));
  const source = safetensorsSource(
    {
      flag: tensorOf(Uint8Array.of(1, 0, 1), [3], 'bool'),
      'größe.weight': new TorchTensor(counted, [2, 2], [1, 2]),
      step: tensorOf(BigInt64Array.of(7n), []),
      none: tensorOf(new Float64Array(), [0, 3]),
    },
    { format: 'pt' },
  );
  const { id, size } = await manager.saveBestModel({ source, reward: 0.5, ending: '.safetensors' });
  expect(id).toMatch(/\.safetensors$/);
  expect(size).toBe(source.size);
  await manager.look();
  expect(manager.version(id)?.integrity.state).toBe('verified');

  const path = join(run, id);
  const { tensors, problems } = await readContents(bufferSource(id, readFileSync(path)));
  expect(problems).toEqual([]);
  const found = tensors.map(async ({ name, dtype, shape, data }) => {
    const bytes = data ? await data.source.read(data.start, data.length) : Buffer.alloc(0);
    return [name, dtype, shape, bytes.toString('hex')];
  });
  const floats = Buffer.from(Float32Array.of(0, 2, 1, 3).buffer).toString('hex');
  expect((await Promise.all(found)).sort()).toEqual([
    ['flag', 'bool', [3], '010001'],
    ['größe.weight', 'float32', [2, 2], floats],
    ['none', 'float64', [0, 3], ''],
    ['step', 'int64', [], '0700000000000000'],
  ]);
});

test('a storage that tensors share is read once for all of them', async () => {
  const reads: string[] = [];
  const stored = (name: string, ...numbers: number[]): Storage => ({
    dtype: 'float32',
    byteLength: 4 * numbers.length,
    async *chunks() {
      reads.push(name);
      yield new Uint8Array(Float32Array.from(numbers).buffer);
    },
  });
  const [shared, own] = [stored('shared', 1, 2), stored('own', 3)];
  const source = safetensorsSource({
    first: new TorchTensor(shared, [1]),
    other: new TorchTensor(own, [1]),
    last: new TorchTensor(shared, [1], [1], 1),
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.chunks) chunks.push(new Uint8Array(chunk));
  const file = Buffer.concat(chunks);
  expect(file.length).toBe(source.size);
  expect(reads).toEqual(['shared', 'own']);
  const { tensors } = await readContents(bufferSource('model.safetensors', file));
  const found = tensors.map(async ({ name, data }) => {
    const bytes = await data?.source.read(data.start, data.length);
    return [name, bytes?.readFloatLE()];
  });
  expect(Object.fromEntries(await Promise.all(found))).toEqual({ first: 1, other: 3, last: 2 });
});

test('what safetensors has no type or name for is refused', () => {
  const complex = tensorOf(Float64Array.of(1, 2), undefined, 'complex128');
  expect(() => safetensorsSource({ complex })).toThrow(ModelValidationError);
  expect(() => safetensorsSource(new Map([['__metadata__', tensorOf(Uint8Array.of(1))]]))).toThrow('notes');
});

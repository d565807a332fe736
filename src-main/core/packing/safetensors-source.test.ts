import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ModelValidationError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { ModelManager } from '../model-manager.ts';
import { safetensorsSource } from './safetensors-source.ts';
import { storageOf, TorchTensor, tensorOf } from './torch-value.ts';

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

test('what safetensors has no type or name for is refused', () => {
  const complex = tensorOf(Float64Array.of(1, 2), undefined, 'complex128');
  expect(() => safetensorsSource({ complex })).toThrow(ModelValidationError);
  expect(() => safetensorsSource(new Map([['__metadata__', tensorOf(Uint8Array.of(1))]]))).toThrow('notes');
});

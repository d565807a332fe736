import { expect, test } from 'vitest';
import { copyElements } from './copy-elements.ts';
import { describeValue } from './describe-value.fixture.ts';
import {
  PythonFloat,
  PythonTuple,
  storageOf,
  TorchTensor,
  type TorchValue,
  tensorOf,
} from './torch-value.ts';

test('a copy stays as it was while the arrays change, and shares within itself what was shared', async () => {
  const weights = Float32Array.of(1, 2, 3, 4);
  const storage = storageOf(weights);
  const value = new Map<string, TorchValue>([
    ['whole', new TorchTensor(storage, [2, 2])],
    ['turned', new PythonTuple([new TorchTensor(storage, [2, 2], [1, 2])])],
    ['bytes', tensorOf(Buffer.from([7, 8]))],
    ['plain', [{ lr: new PythonFloat(1), none: null, big: 1n, text: 'a', yes: true }]],
  ]);
  const before = await describeValue(value);
  const copy = copyElements(value) as ReadonlyMap<string, TorchValue>;
  weights.fill(0);
  expect(await describeValue(copy)).toEqual(before);
  expect(await describeValue(value)).not.toEqual(before);
  const [whole, turned] = [copy.get('whole') as TorchTensor, copy.get('turned') as PythonTuple];
  expect((turned.items[0] as TorchTensor).storage).toBe(whole.storage);
});

test('what is read from elsewhere is not read for it', () => {
  const chunks = async function* () {
    yield await Promise.reject(new Error('it was read'));
  };
  const tensor = new TorchTensor({ dtype: 'float32', byteLength: 4, chunks }, [1]);
  expect((copyElements([tensor]) as [TorchTensor])[0].storage).toBe(tensor.storage);
});

test('what is no plain data stays what it is', () => {
  const when = new Date(0);
  expect(copyElements([when as never])).toEqual([when]);
});

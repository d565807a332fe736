import { mapTensors } from './map-tensors.ts';
import { type Storage, TorchTensor, type TorchValue } from './torch-value.ts';

/** The same value as it is now, whatever becomes of the arrays that its tensors were made of; what is not in memory is not copied. */
export function copyElements(value: TorchValue): TorchValue {
  const copies = new Map<Storage, Storage>();
  return mapTensors(value, ({ storage, shape, stride, offset }) => {
    const copy = copies.get(storage) ?? copyStorage(storage);
    copies.set(storage, copy);
    return new TorchTensor(copy, shape, stride, offset);
  });
}

function copyStorage(storage: Storage): Storage {
  const chunks = storage.chunks();
  if (!(Symbol.iterator in chunks)) return storage;
  const { dtype, byteLength } = storage;
  const copies = Array.from(chunks, (chunk) => new Uint8Array(chunk));
  return { dtype, byteLength, chunks: () => copies };
}

import type { StreamedBytes } from '../save/save-request.ts';
import { blocksOf, bytesOf } from './elements-of.ts';
import { safetensorsFile } from './safetensors-file.ts';
import type { Storage, TorchTensor } from './torch-value.ts';

interface Named {
  readonly [name: string]: TorchTensor;
}

/**
 * A state dict as a safetensors file, as the bytes of a save, which should say `ending: '.safetensors'`. Each tensor is written by itself, also
 * where it shares its storage.
 * @param notes texts that the file keeps beside the tensors
 * @throws ModelValidationError for a tensor that the format has no type for
 */
export function safetensorsSource(
  state: Named | ReadonlyMap<string, TorchTensor>,
  notes: { readonly [key: string]: string } = {},
): StreamedBytes {
  const tensors = isMap(state) ? [...state] : Object.entries(state);
  const read = storageReader();
  const named = besideTheirOwn(tensors).map(([name, tensor]) => ({
    name,
    dtype: tensor.storage.dtype,
    shape: tensor.shape,
    elements: () => blocksIn(tensor, read),
  }));
  return safetensorsFile(named, new Map(Object.entries(notes)));
}

function isMap(state: Named | ReadonlyMap<string, TorchTensor>): state is ReadonlyMap<string, TorchTensor> {
  return state instanceof Map;
}

/** Tensors of one storage one after the other. The file keeps that: they are as wide as each other. */
function besideTheirOwn(tensors: readonly (readonly [string, TorchTensor])[]) {
  const places = new Map<Storage, number>();
  for (const [, { storage }] of tensors) if (!places.has(storage)) places.set(storage, places.size);
  const placeOf = ([, { storage }]: readonly [string, TorchTensor]) => places.get(storage) ?? 0;
  return tensors.toSorted((one, other) => placeOf(one) - placeOf(other));
}

type ReadStorage = (storage: Storage) => Promise<Uint8Array>;

/** Keeps the bytes of one storage until those of another are asked for. */
function storageReader(): ReadStorage {
  let kept: { storage: Storage; bytes: Uint8Array } | null = null;
  return async (storage) => {
    if (kept?.storage === storage) return kept.bytes;
    kept = null;
    kept = { storage, bytes: await bytesOf(storage) };
    return kept.bytes;
  };
}

async function* blocksIn(tensor: TorchTensor, read: ReadStorage): AsyncGenerator<Uint8Array> {
  yield* blocksOf(tensor, await read(tensor.storage));
}

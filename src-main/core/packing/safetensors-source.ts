import type { StreamedBytes } from '../save/save-request.ts';
import { elementsOf } from './elements-of.ts';
import { safetensorsFile } from './safetensors-file.ts';
import type { TorchTensor } from './torch-value.ts';

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
  const tensors = isMap(state) ? state : Object.entries(state);
  const named = Array.from(tensors, ([name, tensor]) => ({
    name,
    dtype: tensor.storage.dtype,
    shape: tensor.shape,
    elements: () => bytesOf(tensor),
  }));
  return safetensorsFile(named, new Map(Object.entries(notes)));
}

function isMap(state: Named | ReadonlyMap<string, TorchTensor>): state is ReadonlyMap<string, TorchTensor> {
  return state instanceof Map;
}

async function* bytesOf(tensor: TorchTensor): AsyncGenerator<Uint8Array> {
  const { buffer } = await elementsOf(tensor);
  yield new Uint8Array(buffer);
}

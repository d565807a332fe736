import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import { headLength } from '../formats/format.ts';
import { recogniseGzip } from '../formats/gzip/recognise.ts';
import { unpackWhole } from '../formats/gzip/unpack-whole.ts';
import { readContents } from '../formats/read-contents.ts';
import type { Source } from '../formats/source.ts';
import { bytesOf } from './elements-of.ts';
import { mapTensors } from './map-tensors.ts';
import { openCheckpoint, whileRead } from './open-checkpoint.ts';
import { type Storage, TorchTensor, type TorchValue } from './torch-value.ts';
import { unpickledValue } from './unpickled-value.ts';

/**
 * What a checkpoint of PyTorch holds, its tensors in memory, its dictionaries as maps: the way back of what a save was given. Nothing is executed: what
 * is neither plain data nor a tensor is left out. One that is packed by gzip is unpacked in memory, 4 GiB of it at most.
 * @throws UsageError where the path leads to no regular file, ModelManagerError where that cannot be read whole
 */
export async function readState(path: string): Promise<TorchValue> {
  const source = await openCheckpoint(path);
  try {
    return await whileRead(path, async () => readWhole(await unpacked(source), path));
  } finally {
    await source.close();
  }
}

/** What a save with `compression: gzip` wrote is read as what it packed. */
async function unpacked(source: Source): Promise<Source> {
  const bytes = await source.read(0, Math.min(source.size, headLength));
  return recogniseGzip({ name: source.name, size: source.size, bytes }) ? unpackWhole(source) : source;
}

async function readWhole(source: Source, path: string): Promise<TorchValue> {
  const { pickled, problems } = await readContents(source);
  if (pickled === null || problems.length > 0)
    throw new ModelManagerError(
      `cannot load ${escapeName(path)} — ${problems[0] ?? 'it is no checkpoint of PyTorch'} — go on from another version`,
      { path },
    );
  return inMemory(unpickledValue(pickled, path).value);
}

async function inMemory(value: TorchValue): Promise<TorchValue> {
  const storages = new Set<Storage>();
  mapTensors(value, (tensor) => {
    storages.add(tensor.storage);
    return tensor;
  });
  const read = new Map<Storage, Storage>();
  for (const storage of storages) read.set(storage, await readStorage(storage));
  return mapTensors(
    value,
    ({ storage, shape, stride, offset }) =>
      new TorchTensor(read.get(storage) ?? storage, shape, stride, offset),
  );
}

async function readStorage(storage: Storage): Promise<Storage> {
  const bytes = await bytesOf(storage);
  return { dtype: storage.dtype, byteLength: bytes.length, chunks: () => [bytes] };
}

import { ByteReader, readCount } from '../byte-reader.ts';
import { checkLength, Damage, rule } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { SymbolicStack, type Value } from '../pickle/symbolic-stack.ts';
import { walkPickle } from '../pickle/walk-pickle.ts';
import { formatCount, plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { storageOf } from './storage-of.ts';

/** A pickle of a large language model has about a million instructions. In bytes. */
const budget = 128 * 1024 * 1024;
const protocolVersion = 1001;

/**
 * Whole: five pickles (magic number, protocol, system information, the object, the keys of its storages), then for
 * each key the number of elements and the elements, and then the end. torch/serialization.py, `_legacy_save`.
 */
export async function checkTorchLegacy(source: Source, recognised: FormatName): Promise<Structure> {
  const reader = new ByteReader(source, 0, source.size, budget);
  const itemSizes = new Map<string, number>();
  const keys = await readPickles(reader, itemSizes);
  await walkStorages(reader, keys, itemSizes);
  checkLength(source.size, reader.position);
  return whole(recognised);
}

async function readPickles(reader: ByteReader, itemSizes: Map<string, number>): Promise<Value[]> {
  await readPickle(reader);
  rule((await readPickle(reader)) === protocolVersion, 'its protocol is not the one that PyTorch writes');
  await readPickle(reader);
  await readPickle(reader, (id) => {
    const storage = storageOf(id);
    if (storage) itemSizes.set(storage.key, storage.itemSize);
  });
  const keys = await readPickle(reader);
  rule(Array.isArray(keys), 'the list of its storages is missing');
  return keys;
}

async function readPickle(reader: ByteReader, onPersistentId?: (id: Value) => void): Promise<Value> {
  const stack = new SymbolicStack(onPersistentId);
  await walkPickle(reader, stack.apply);
  return stack.result;
}

/** Moves the reader over every storage: its number of elements, then the elements. */
async function walkStorages(
  reader: ByteReader,
  keys: readonly Value[],
  itemSizes: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [index, key] of keys.entries()) {
    const itemSize = itemSizes.get(String(key));
    if (itemSize === undefined) {
      throw new Damage(`storage ${plainName(String(key))} is of a type that is not known`, 'unknown');
    }
    const cutOff = () =>
      `${formatCount(reader.end)} bytes: it ends in storage ${formatCount(index + 1)} of ${formatCount(keys.length)}`;
    rule(await reader.fill(8), cutOff);
    rule(reader.skip(itemSize * readCount(reader.take(8), 0)), cutOff);
  }
}

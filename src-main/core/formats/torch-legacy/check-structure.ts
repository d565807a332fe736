import { ByteReader, readCount } from '../byte-reader.ts';
import { checkLength, Damage, rule } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import type { Value } from '../pickle/value.ts';
import { formatCount, plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { storageClaim } from '../torch/storage-claim.ts';
import { pickleBudget, readLegacyPickles } from './read-pickles.ts';

/**
 * Whole: five pickles (magic number, protocol, system information, the object, the keys of its storages), then for
 * each key the number of elements and the elements, and then the end. torch/serialization.py, `_legacy_save`.
 */
export async function checkTorchLegacy(source: Source, recognised: FormatName): Promise<Structure> {
  const reader = new ByteReader(source, 0, source.size, pickleBudget);
  const { keys, persistent } = await readLegacyPickles(reader, new Map());
  const claims = persistent.flatMap(({ id }) => storageClaim(id) ?? []);
  const itemSizes = new Map(claims.map(({ key, itemSize }) => [key, itemSize]));
  await walkStorages(reader, keys, itemSizes);
  checkLength(source.size, reader.position);
  return whole(recognised);
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

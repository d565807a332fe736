import { type ByteReader, readCount } from '../byte-reader.ts';
import { Damage, rule } from '../damage.ts';
import { isDescribed, type Persistent, type Value } from '../pickle/value.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { storageClaim } from '../torch/storage-claim.ts';

/** Where the elements of a storage are, in bytes. */
export interface StoragePlace {
  key: string;
  start: number;
  length: number;
}

/**
 * Moves the reader over every storage of a legacy stream, which is its number of elements and then the elements.
 * Their sizes are those of the storages that the object refers to.
 */
export async function* walkStorages(
  reader: ByteReader,
  keys: readonly Value[],
  persistent: readonly Persistent[],
): AsyncGenerator<StoragePlace> {
  const claims = persistent.flatMap(({ id }) => storageClaim(id) ?? []);
  const itemSizes = new Map(claims.map(({ key, itemSize }) => [key, itemSize]));
  for (const [index, value] of keys.entries()) {
    const key = isDescribed(value) ? 'with no text for a key' : String(value);
    const itemSize = itemSizes.get(key);
    if (itemSize === undefined) {
      throw new Damage(`storage ${plainName(key)} is of a type that is not known`, 'unknown');
    }
    const cutOff = () =>
      `${formatCount(reader.end)} bytes: it ends in storage ${formatCount(index + 1)} of ${formatCount(keys.length)}`;
    rule(await reader.fill(8), cutOff);
    const length = itemSize * readCount(reader.take(8), 0);
    const start = reader.position;
    rule(reader.skip(length), cutOff);
    yield { key, start, length };
  }
}

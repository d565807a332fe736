import { type ByteReader, readCount } from '../byte-reader.ts';
import { Damage, rule } from '../damage.ts';
import { isDescribed, type Persistent, type Value } from '../pickle/value.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { endsInside } from '../torch/ends-inside.ts';
import { storageClaim } from '../torch/storage-claim.ts';

/** Where the elements of a storage are, in bytes. */
export interface StoragePlace {
  key: string;
  start: number;
  length: number;
}

/** The stream ends inside a storage that is as long as its object says. */
export class CutStorage extends Damage {
  readonly key: string;
  /** Why there are no elements of its tensors. */
  readonly reason: string;

  constructor(message: string, key: string, reason: string) {
    super(message);
    this.key = key;
    this.reason = reason;
  }
}

/** What there is of what its object says there is, where that is more. */
function sizeOf(there: number, promised: number): string {
  const isKnown = Number.isSafeInteger(promised) && promised > there;
  return isKnown ? `${formatCount(there)} of ${formatCount(promised)} bytes` : `${formatCount(there)} bytes`;
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
  const sizes = new Map(claims.map(({ key, itemSize, elements }) => [key, 8 + itemSize * elements]));
  const promised = keys.reduce((sum: number, key) => sum + (sizes.get(String(key)) ?? 0), reader.position);
  for (const [index, value] of keys.entries()) {
    const key = isDescribed(value) ? 'with no text for a key' : String(value);
    const itemSize = itemSizes.get(key);
    if (itemSize === undefined) {
      throw new Damage(`storage ${plainName(key)} is of a type that is not known`, 'unknown');
    }
    const cutOff = () =>
      `${sizeOf(reader.end, promised)}: it ends in storage ${formatCount(index + 1)} of ${formatCount(keys.length)}`;
    rule(await reader.fill(8), cutOff);
    const length = itemSize * readCount(reader.take(8), 0);
    const start = reader.position;
    if (!reader.skip(length))
      throw cutInside(cutOff(), { key, start, length }, 8 + length === sizes.get(key), reader.end);
    yield { key, start, length };
  }
}

function cutInside(
  message: string,
  { key, start, length }: StoragePlace,
  isAsSaid: boolean,
  end: number,
): Damage {
  return isAsSaid ? new CutStorage(message, key, endsInside(end - start, length)) : new Damage(message);
}

import type { ByteReader } from '../byte-reader.ts';
import type { StorageBytes } from '../contents.ts';
import { checkLength, Damage } from '../damage.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import type { Source } from '../source.ts';
import { countNamedStorages, countStorages } from '../torch/count-storages.ts';
import { claimsOf } from '../torch/storage-claim.ts';
import { type LegacyStart, readKeys } from './read-pickles.ts';
import { CutStorage, walkStorages } from './walk-storages.ts';

/** Where the storages of a legacy stream are, or why one is not to be had; of a torn one those that are there, and what is wrong with it. */
export async function locateStorages(
  reader: ByteReader,
  source: Source,
  { object, byteOrder }: LegacyStart,
  names: PickledNames,
) {
  const storages = new Map<string, StorageBytes | string>();
  try {
    if (object.damage) throw object.damage;
    const keys = await readKeys(reader, names);
    for await (const { key, start, length } of walkStorages(reader, keys, object.persistent)) {
      storages.set(key, { source, start, length, byteOrder });
    }
    checkLength(source.size, reader.position);
    return { storages, problems: [] };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    if (error instanceof CutStorage) storages.set(error.key, error.reason);
    return { storages, problems: [error.message, ...countMissing(object, storages)] };
  }
}

function countMissing(
  { persistent, damage }: LegacyStart['object'],
  storages: ReadonlyMap<string, StorageBytes | string>,
): string[] {
  const claims = claimsOf(persistent);
  if (damage) return [countNamedStorages(claims) ?? []].flat();
  const isWhole = (key: string) => typeof storages.get(key) === 'object';
  return claims.every(({ key }) => isWhole(key)) ? [] : [countStorages(claims, isWhole)];
}

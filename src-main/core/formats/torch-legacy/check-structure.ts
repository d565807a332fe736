import { ByteReader } from '../byte-reader.ts';
import { checkLength } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import type { Source } from '../source.ts';
import { pickleBudget, readKeys, readLegacyStart } from './read-pickles.ts';
import { walkStorages } from './walk-storages.ts';

/**
 * Whole: five pickles (magic number, protocol, system information, the object, the keys of its storages), then for
 * each key the number of elements and the elements, and then the end. torch/serialization.py, `_legacy_save`.
 */
export async function checkTorchLegacy(source: Source, recognised: FormatName): Promise<Structure> {
  const names = new PickledNames();
  const reader = new ByteReader(source, 0, source.size, pickleBudget);
  const { object } = await readLegacyStart(reader, names);
  if (object.damage) throw object.damage;
  const keys = await readKeys(reader, names);
  for await (const _place of walkStorages(reader, keys, object.persistent));
  checkLength(source.size, reader.position);
  return whole(recognised);
}

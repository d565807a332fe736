import { ByteReader } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import { asKind, type Call, type Value } from '../pickle/value.ts';
import type { Source } from '../source.ts';
import { rawBytes } from '../torch/numpy-values.ts';
import { storageClaim } from '../torch/storage-claim.ts';
import type { InlineStorage } from '../torch/surroundings.ts';
import { pickleBudget, readKeys, readLegacyStart } from './read-pickles.ts';
import { walkStorages } from './walk-storages.ts';

const mostStorages = 10_000;

/**
 * Storages that a plain pickle holds as legacy streams, each in the call that would load it. Of a call that could be followed
 * to the end of its stream, the names are all known, and it does nothing beyond those; any other counts as not followed.
 */
export async function readInlineStorages(
  loads: readonly Call[],
  source: Source,
  names: PickledNames,
): Promise<ReadonlyMap<Call, InlineStorage>> {
  const storages = new Map<Call, InlineStorage>();
  const read = new Map<Value, InlineStorage | null>();
  for (const [index, load] of loads.slice(0, mostStorages).entries()) {
    const [content = null] = load.args;
    const known = read.get(content);
    const storage = known === undefined ? await readInline(content, source, names) : known;
    read.set(content, storage);
    const loader = asKind(load.callee, 'name');
    if (!storage || !loader) continue;
    storages.set(load, { ...storage, claim: { ...storage.claim, key: `inline ${index}` } });
    loader.unfollowed -= 1;
  }
  return storages;
}

async function readInline(
  content: Value,
  source: Source,
  names: PickledNames,
): Promise<InlineStorage | null> {
  const raw = rawBytes(content, { source });
  if (!raw) return null;
  try {
    return await readStream(raw.source.slice(raw.start, raw.length), names);
  } catch (error) {
    if (error instanceof Damage) return null;
    throw error;
  }
}

/** A stream whose object is one storage, and that loads nothing in turn. */
async function readStream(stream: Source, names: PickledNames): Promise<InlineStorage | null> {
  const reader = new ByteReader(stream, 0, stream.size, pickleBudget);
  const { object, byteOrder } = await readLegacyStart(reader, names);
  const claim = storageClaim(asKind(object.value, 'persistent')?.id ?? null);
  if (object.damage || object.loads.length > 0 || !claim) return null;
  const keys = await readKeys(reader, names);
  for await (const { start, length } of walkStorages(reader, keys, object.persistent)) {
    return { claim, bytes: { source: stream, start, length, byteOrder } };
  }
  return null;
}

import type { ByteReader } from '../byte-reader.ts';
import { rule } from '../damage.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import { type ReadPickle, readPickle, readWholePickle } from '../pickle/read-pickle.ts';
import { asKind, itemsOf, type Value } from '../pickle/value.ts';

/** A pickle of a large language model has about a million instructions. In bytes. */
export const pickleBudget = 128 * 1024 * 1024;
const protocolVersion = 1001;
const magicNumber = 0x1950a86a20f9469cfc6cn;

/** What the pickles at the start of a legacy stream say, up to and with the object. */
export interface LegacyStart {
  byteOrder: 'little' | 'big';
  object: ReadPickle;
}

/**
 * A legacy stream starts with five pickles: magic number, protocol, system information, the object, and the keys of its
 * storages, which {@link readKeys} reads after these. Loading carries out each of them. torch/serialization.py, `_legacy_save`
 */
export async function readLegacyStart(reader: ByteReader, names: PickledNames): Promise<LegacyStart> {
  const magic = await readWholePickle(reader, names);
  rule(magic === magicNumber, 'it does not begin with the magic number of PyTorch');
  const protocol = await readWholePickle(reader, names);
  rule(protocol === protocolVersion, 'its protocol is not the one that PyTorch writes');
  const system = asKind(await readWholePickle(reader, names), 'dict');
  const byteOrder = system?.entries.get('little_endian') === false ? 'big' : 'little';
  return { byteOrder, object: await readPickle(reader, names) };
}

/** The keys of the storages that follow, in their order. */
export async function readKeys(reader: ByteReader, names: PickledNames): Promise<readonly Value[]> {
  const keys = itemsOf(await readWholePickle(reader, names));
  rule(keys !== null, 'the list of its storages is missing');
  return keys;
}

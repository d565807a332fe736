import type { ByteReader } from '../byte-reader.ts';
import { rule } from '../damage.ts';
import { type PickledNames, PickleMachine } from '../pickle/machine.ts';
import { itemsOf, type Persistent, type Value } from '../pickle/value.ts';
import { walkPickle } from '../pickle/walk-pickle.ts';

/** A pickle of a large language model has about a million instructions. In bytes. */
export const pickleBudget = 128 * 1024 * 1024;
const protocolVersion = 1001;

/** What the five pickles at the start of a legacy stream say. */
export interface LegacyPickles {
  system: Value;
  object: Value;
  persistent: readonly Persistent[];
  /** Of the storages that follow, in their order. */
  keys: readonly Value[];
}

/** Magic number, protocol, system information, the object, the keys of its storages. torch/serialization.py, `_legacy_save` */
export async function readLegacyPickles(reader: ByteReader, names: PickledNames): Promise<LegacyPickles> {
  await readLegacyStart(reader);
  const system = await readPickle(reader, new PickleMachine());
  const machine = new PickleMachine(names);
  const object = await readPickle(reader, machine);
  return { system, object, persistent: machine.persistent, keys: await readKeys(reader) };
}

async function readLegacyStart(reader: ByteReader): Promise<void> {
  await readPickle(reader, new PickleMachine());
  const protocol = await readPickle(reader, new PickleMachine());
  rule(protocol === protocolVersion, 'its protocol is not the one that PyTorch writes');
}

async function readKeys(reader: ByteReader): Promise<readonly Value[]> {
  const keys = itemsOf(await readPickle(reader, new PickleMachine()));
  rule(keys !== null, 'the list of its storages is missing');
  return keys;
}

async function readPickle(reader: ByteReader, machine: PickleMachine): Promise<Value> {
  await walkPickle(reader, machine.apply);
  return machine.finish();
}

import type { ByteReader } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { PickleMachine } from './machine.ts';
import { PickledNames } from './pickled-names.ts';
import type { Call, Persistent, Value } from './value.ts';
import { BrokenPickle, walkPickle } from './walk-pickle.ts';

/** A pickle as far as it could be followed. */
export interface ReadPickle {
  value: Value;
  persistent: readonly Persistent[];
  loads: readonly Call[];
  /** What stopped it, where it did not end by itself. */
  damage: Damage | null;
}

/** Follows one pickle from the reader's position; where it is damaged, what came before the damage is kept. */
export async function readPickle(reader: ByteReader, names: PickledNames): Promise<ReadPickle> {
  const { machine, damage: error } = await follow(reader, names);
  const place = error ? machine.standsAt() : '';
  const where = `stopped at byte ${formatCount(reader.position)}${place && `, in ${plainName(place)}`}`;
  const damage = error && new Damage(`${error.message}; ${where}`, error.state);
  const { persistent, loads } = machine;
  return { value: machine.finish(), persistent, loads, damage };
}

/** What one pickle from the reader's position describes. @throws Damage where it does not end by itself */
export async function readWholePickle(reader: ByteReader, names = new PickledNames()): Promise<Value> {
  const { machine, damage } = await follow(reader, names);
  if (damage) throw damage;
  return machine.finish();
}

/** Where Python could go on and this reader does not, that is noted among the names. */
async function follow(reader: ByteReader, names: PickledNames) {
  const machine = new PickleMachine(names);
  try {
    await walkPickle(reader, machine.apply);
    return { machine, damage: null };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    if (!(error instanceof BrokenPickle))
      names.miss(`what follows byte ${formatCount(reader.position)} of a pickle`);
    return { machine, damage: error };
  } finally {
    machine.settleUses();
  }
}

/**
 * Follows what comes after a pickle in the same bytes, for the names in it, and says what that is: nothing (null), more
 * pickles, or something else. Loading stops at the end of the first one, a scan must not. What that would load is added
 * to `loads`.
 */
export async function readRest(
  reader: ByteReader,
  names: PickledNames,
  loads: Call[] = [],
): Promise<string | null> {
  let pickles = 0;
  let end = reader.position;
  while (reader.remaining > 0) {
    const { damage, loads: found } = await readPickle(reader, names);
    for (const load of found) loads.push(load);
    if (damage) break;
    pickles += 1;
    end = reader.position;
  }
  return describeRest(pickles, reader.end - end);
}

function describeRest(pickles: number, bytes: number): string | null {
  const rest = `${formatCount(bytes)} bytes that are no pickle`;
  if (pickles === 0) return bytes > 0 ? `${rest} follow the end of the pickle` : null;
  const more = pickles === 1 ? 'another pickle follows' : `${formatCount(pickles)} more pickles follow`;
  return `${more} the first, which alone is shown${bytes > 0 ? `; then ${rest}` : ''}`;
}

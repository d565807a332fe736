import type { ByteReader } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { holdsObjects, onlyJoblib, passElements } from './joblib-arrays.ts';
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
  const machine = new PickleMachine(names);
  return told(machine, reader, await follow(machine, reader, names));
}

/** As {@link readPickle}, as joblib does it: it takes arrays from among the instructions. `hasArrays`: whether there were any, so that others read it otherwise. */
export async function readJoblib(
  reader: ByteReader,
  names: PickledNames,
): Promise<ReadPickle & { hasArrays: boolean }> {
  const machine = new PickleMachine(names);
  let hasArrays = false;
  const damage = await follow(machine, reader, names, (instruction) => {
    machine.apply(instruction);
    const unfilled = machine.takeUnfilled();
    if (unfilled === null) return;
    hasArrays = true;
    return fill(machine, unfilled, reader, names);
  });
  return { ...told(machine, reader, damage), hasArrays };
}

function told(machine: PickleMachine, reader: ByteReader, error: Damage | null): ReadPickle {
  const place = error ? machine.standsAt() : '';
  const where = `stopped at byte ${formatCount(reader.position)}${place && `, in ${plainName(place)}`}`;
  const damage = error && new Damage(`${error.message}; ${where}`, error.state);
  const { persistent, loads } = machine;
  return { value: machine.finish(), persistent, loads, damage };
}

/** What one pickle from the reader's position describes. @throws Damage where it does not end by itself */
export async function readWholePickle(reader: ByteReader, names = new PickledNames()): Promise<Value> {
  const machine = new PickleMachine(names);
  const damage = await follow(machine, reader, names);
  if (damage) throw damage;
  return machine.finish();
}

/** Takes the elements of an array; Python objects are in a pickle of their own, which makes the array. */
async function fill(
  machine: PickleMachine,
  array: Call,
  reader: ByteReader,
  names: PickledNames,
): Promise<void> {
  names.miss(onlyJoblib);
  if (!holdsObjects(array)) {
    array.elements = await passElements(reader, array);
    return;
  }
  const objects = await readWholePickle(reader, names);
  machine.pop();
  machine.pushAgain(objects);
}

/** What stopped it. Where Python could go on and this reader does not, that is noted among the names. */
async function follow(
  machine: PickleMachine,
  reader: ByteReader,
  names: PickledNames,
  visit: Parameters<typeof walkPickle>[1] = machine.apply,
): Promise<Damage | null> {
  try {
    await walkPickle(reader, visit);
    return null;
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    if (!(error instanceof BrokenPickle))
      names.miss(`what follows byte ${formatCount(reader.position)} of a pickle`);
    return error;
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

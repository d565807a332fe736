import { type Json, type JsonObject, objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import { plural } from '../../formats/plain-text.ts';
import type { Source } from '../../formats/source.ts';
import { axesOf, type CountedBy } from './counted-by.ts';
import {
  type Counted,
  LogBuilder,
  type Measurable,
  type MetricLog,
  ownIteration,
  type Place,
} from './metric-log.ts';
import { parseOrDamage } from './read-json-text.ts';
import { isLeftOut } from './rllib-names.ts';
import { notesOfText, readLines } from './text-lines.ts';

/** Names in characters: longer ones do not count, and what leads to a number stands in the name of each. */
const most = { depth: 8, numbers: 4000, name: 200 };

/**
 * `result.json` of Ray Tune: a JSON object on each line, one for each iteration, whose numbers are named by the way to them, as in its
 * `progress.csv`. Results of functions that came with a checkpoint name its folder. A class, as every algorithm of RLlib is one, tells its iteration
 * in the state that it saves; where it does not, `checkpoint_000010` is of iteration 10, unless folders are numbered by saves.
 * ray/tune/logger/json.py, ray/tune/utils/util.py flatten_dict
 * @throws Damage where its first line is anything else, or it is larger than is read
 */
export async function readTuneResults(source: Source, numbersSaves = false): Promise<MetricLog> {
  const results = new TuneResults(numbersSaves);
  const end = await readLines(source, (line) => results.take(line));
  return results.build(notesOfText(end));
}

class TuneResults {
  #log: LogBuilder | null = null;
  #counted: CountedBy['counted'] = [];
  #broken = 0;
  readonly #named = new Map<string, number>();
  readonly #numbersSaves: boolean;

  constructor(numbersSaves: boolean) {
    this.#numbersSaves = numbersSaves;
  }

  take(line: string): void {
    if (line === '') return;
    const result = this.#parse(line);
    if (result === null) return;
    const numbers = numbersIn(result);
    const log = this.#log ?? this.#open(numbers.keys());
    const at: Counted = Object.fromEntries(
      this.#counted.map(([axis, name]) => [axis, numbers.get(name) ?? null]),
    );
    const places = new Set(this.#counted.map(([, name]) => name));
    for (const [name, value] of numbers) if (!places.has(name)) log.add(name, value, at);
    this.#note(result, at.iteration ?? null);
  }

  build(notes: readonly string[]): MetricLog {
    const log = (this.#log ?? new LogBuilder('step')).build(
      this.#broken > 0 ? [...notes, `${plural(this.#broken, 'line')} of it cannot be read`] : notes,
    );
    const named = this.#named.size > 0 ? this.#named : null;
    return { ...log, placeOf: (version) => placeOf(version, named, this.#numbersSaves) };
  }

  /** One broken line among others is passed over; a file that begins with one is something else. */
  #parse(line: string): JsonObject | null {
    try {
      return objectOrNull(parseOrDamage(line));
    } catch (error) {
      if (this.#log === null) throw error;
      this.#broken += 1;
      return null;
    }
  }

  #open(names: Iterable<string>): LogBuilder {
    const { axis, also, counted } = axesOf(names);
    this.#log = new LogBuilder(axis, also);
    this.#counted = counted;
    return this.#log;
  }

  #note(result: JsonObject, iteration: number | null): void {
    const folder = ownValue(result, 'checkpoint_dir_name');
    if (typeof folder === 'string' && folder !== '' && iteration !== null) this.#named.set(folder, iteration);
  }
}

/**
 * The iteration of a checkpoint of Ray; null where nothing tells it.
 * @param named the iterations of the folders that results name; null where they name none
 */
function placeOf(
  version: Measurable,
  named: ReadonlyMap<string, number> | null,
  numbersSaves: boolean,
): Place | null {
  const folder = version.id.split('/').findLast((part) => /^checkpoint_\d+$/.test(part));
  if (folder === undefined) return null;
  const counted = numbersSaves ? null : Number(folder.slice('checkpoint_'.length));
  const iteration = ownIteration(version) ?? (named ? named.get(folder) : counted) ?? null;
  return iteration === null ? null : { axis: 'iteration', at: iteration };
}

/** A table of the same results, which is placed by folders where it counts iterations, and names no folder. @param names of its columns */
export function placedByFolders(log: MetricLog, names: readonly string[], numbersSaves: boolean): MetricLog {
  if (!names.includes('training_iteration') || names.includes('checkpoint_dir_name')) return log;
  return { ...log, placeOf: (version) => placeOf(version, null, numbersSaves) };
}

/** The numbers of a result by the way to them, as many as are read. */
function numbersIn(result: JsonObject): Map<string, number> {
  const numbers = new Map<string, number>();
  gather(result, '', 1, numbers);
  return numbers;
}

function gather(object: JsonObject, before: string, depth: number, numbers: Map<string, number>): void {
  for (const [key, value] of Object.entries(object)) {
    const name = before + key;
    const isRead = numbers.size < most.numbers && name.length <= most.name && !isLeftOut(name);
    if (isRead) gatherValue(value, name, depth, numbers);
  }
}

function gatherValue(value: Json, name: string, depth: number, numbers: Map<string, number>): void {
  const inside = depth < most.depth ? objectOrNull(value) : null;
  if (typeof value === 'number') numbers.set(name, value);
  else if (inside !== null) gather(inside, `${name}/`, depth + 1, numbers);
}

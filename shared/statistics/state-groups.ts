import type { Judged } from './count-candidates.ts';

type Stated = Pick<Judged, 'checksum' | 'step' | 'episode' | 'value' | 'measurement'>;

/**
 * Which versions are one state of the model: those that share bytes, a measurement, or a value at one step or episode, and all that are the same
 * as a third. By numbers: of a hundred thousand versions hardly any share what would have to be written as a key.
 */
export class StateGroups {
  readonly #places = new Map<Stated, number>();
  /** By place, that of one that is the same; of the first of all its own. */
  readonly #parents: number[] = [];
  readonly #bytes = new Firsts<string>();
  readonly #measurements = new Firsts<string>();
  readonly #steps = new Counted();
  readonly #episodes = new Counted();

  /** A version that counts, once. */
  add(version: Stated): void {
    const place = this.#parents.length;
    this.#places.set(version, place);
    this.#parents.push(place);
    const { checksum, measurement, step, episode, value } = version;
    if (checksum !== null) this.#join(place, this.#bytes.meet(checksum, place));
    if (measurement) this.#join(place, this.#measurements.meet(measurement, place));
    // A counter that stands at 0 may be one that nobody counts with.
    if (step) this.#join(place, this.#steps.meet(step, value, place));
    if (episode) this.#join(place, this.#episodes.meet(episode, value, place));
  }

  /** What all that are one have in common, and no other. @param version one that was added */
  groupOf(version: Stated): number {
    return this.#rootOf(this.#places.get(version) ?? -1);
  }

  #join(place: number, other: number): void {
    const [root, otherRoot] = [this.#rootOf(place), this.#rootOf(other)];
    if (root !== otherRoot) this.#parents[root] = otherRoot;
  }

  #rootOf(place: number): number {
    let root = place;
    for (let next = this.#parents[root]; next !== undefined && next !== root; next = this.#parents[root])
      root = next;
    // So that long chains are walked once.
    if (root !== place) this.#parents[place] = root;
    return root;
  }
}

/** Who came first with each key. */
class Firsts<Key> {
  readonly #firsts = new Map<Key, number>();

  /** @returns the place of the first, which may be this one */
  meet(key: Key, place: number): number {
    const first = this.#firsts.get(key);
    if (first === undefined) this.#firsts.set(key, place);
    return first ?? place;
  }
}

/** Who came first with a value at each step of a counter. */
class Counted {
  readonly #counts = new Firsts<number>();
  readonly #values: (number | null)[] = [];
  /** Those that came later to a count, with other values than the first. */
  readonly #later = new Firsts<string>();

  meet(count: number, value: number | null, place: number): number {
    this.#values[place] = value;
    const first = this.#counts.meet(count, place);
    return this.#values[first] === value ? first : this.#later.meet(`${count} ${value}`, place);
  }
}

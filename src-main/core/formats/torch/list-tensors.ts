import type { Stop, Tensor } from '../contents.ts';
import { type Described, isDescribed, type Value } from '../pickle/value.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { countChildren, describedChildrenOf } from './children.ts';
import { leadToTensors } from './lead-to-tensors.ts';
import { partOf, partOfValue, toldByValue } from './part-of.ts';
import { type Malformed, type Rebuilt, rebuildTensor } from './rebuild-tensor.ts';
import type { Surroundings } from './surroundings.ts';

/** `repeats`: how much of what was listed before is listed again, under the other names that lead to it. */
const most = { depth: 100, repeats: 50_000, nameCharacters: 16 * 1024 * 1024, problems: 100 };

/** What is found below a value. */
export interface TensorList {
  tensors: Tensor[];
  problems: string[];
  /** How many tensors each key at the top leads to. */
  counts: ReadonlyMap<string, number>;
  /** Of what it leads to, not all is listed. */
  stopped: Stop | undefined;
  /** {@link rebuildTensor} of these surroundings, of which it was asked for most before. */
  rebuild: (value: Value) => Rebuilt | Malformed | null;
}

/**
 * All tensors below a value, each by the path of keys that leads to it. What several names lead to is listed under each
 * of them, within limits: a small pickle can lead to a few values in more ways than there are atoms.
 */
export function listTensors(root: Value, around: Surroundings, part: Tensor['part'] | null): TensorList {
  const walk = new Walk(around);
  walk.visitRoot(root, part);
  const { tensors, counts, rebuild } = walk;
  return { tensors, problems: walk.problems(), counts, stopped: walk.stopped(), rebuild };
}

const notAllListed = 'it leads to more tensors, or to deeper ones, than are listed';

/** What was told of values: a few may be at very many keys. */
type Parts = Map<Value, Tensor['part'] | null>;

class Walk {
  readonly tensors: Tensor[] = [];
  readonly counts = new Map<string, number>();
  readonly #around: Surroundings;
  /** What is a tensor: nearly all values are none, which is seen at once. */
  readonly #rebuilt = new Map<Value, Rebuilt | Malformed>();
  readonly #told: Parts = new Map();
  readonly #parts: Parts = new Map();
  readonly #isTensor = (value: Value) => this.rebuild(value) !== null;
  readonly #visited = new Set<Described>();
  #leading: ReadonlySet<Described> = new Set();
  readonly #path = new Set<Described>();
  readonly #broken = new Map<string, string[]>();
  #repeats = 0;
  #nameCharacters = 0;
  #isCut = false;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  visitRoot(root: Value, given: Tensor['part'] | null): void {
    if (!isDescribed(root)) return;
    const part = given ?? partOfValue(root, this.#isTensor);
    if (this.#list(root, '', part ?? 'other')) return;
    this.#leading = leadToTensors(root, this.#isTensor, most.depth);
    this.#path.add(root);
    for (const [key, child] of describedChildrenOf(root)) {
      const before = this.tensors.length;
      this.#visit(child, key, part ?? this.#partAt(key, child) ?? 'other', false);
      this.counts.set(key, this.tensors.length - before);
    }
  }

  #partAt(key: string, value: Value): Tensor['part'] | null {
    return (
      partOf(key, this.#once(this.#told, value, toldByValue)) ?? this.#once(this.#parts, value, partOfValue)
    );
  }

  #once(known: Parts, value: Value, tell: typeof partOfValue): Tensor['part'] | null {
    const before = known.get(value);
    if (before !== undefined) return before;
    const part = tell(value, this.#isTensor);
    known.set(value, part);
    return part;
  }

  readonly rebuild = (value: Value): Rebuilt | Malformed | null => {
    if (!isDescribed(value)) return null;
    const known = this.#rebuilt.get(value);
    if (known !== undefined) return known;
    const rebuilt = rebuildTensor(value, this.#around);
    if (rebuilt !== null) this.#rebuilt.set(value, rebuilt);
    return rebuilt;
  };

  problems(): string[] {
    const broken = [...this.#broken].map(([why, names]) => `${namesOf(names)}: ${why}`);
    const rest = broken.length - most.problems;
    const shown =
      rest > 0 ? [...broken.slice(0, most.problems), `${formatCount(rest)} more like these`] : broken;
    return this.#isCut ? [...shown, notAllListed] : shown;
  }

  stopped(): Stop | undefined {
    return this.#isCut ? { why: notAllListed, state: 'unknown' } : undefined;
  }

  #visit(value: Value, name: string, part: Tensor['part'], isRepeat: boolean): void {
    if (!isDescribed(value) || this.#isNeedless(value)) return;
    const repeats = isRepeat || this.#visited.has(value);
    if (!this.#mayVisit(value, repeats) || this.#list(value, name, part)) return;
    this.#visited.add(value);
    this.#path.add(value);
    for (const [key, child] of describedChildrenOf(value))
      this.#visit(child, `${name}.${key}`, part, repeats);
    this.#path.delete(value);
  }

  /** What it is within already, and what was gone through already without finding a tensor there. */
  #isNeedless(value: Described): boolean {
    return this.#path.has(value) || (this.#visited.has(value) && !this.#leading.has(value));
  }

  #mayVisit(value: Described, repeats: boolean): boolean {
    if (repeats) this.#repeats += 1 + (this.rebuild(value) === null ? countChildren(value) : 0);
    const may =
      this.#repeats <= most.repeats &&
      this.#path.size <= most.depth &&
      this.#nameCharacters <= most.nameCharacters;
    if (!may) this.#isCut = true;
    return may;
  }

  /** Whether it is a tensor, which is then listed if its description can be read. */
  #list(value: Described, name: string, part: Tensor['part']): boolean {
    const rebuilt = this.rebuild(value);
    if (rebuilt === null) return false;
    this.#nameCharacters += name.length;
    if (rebuilt === 'malformed') this.#report('it is described as PyTorch describes no tensor', name);
    else {
      const { problem, ...facts } = rebuilt;
      if (problem !== null) this.#report(problem, name);
      this.tensors.push({ name, ...facts, part });
    }
    return true;
  }

  #report(why: string, name: string): void {
    const names = this.#broken.get(why);
    if (names) names.push(name);
    else this.#broken.set(why, [name]);
  }
}

function namesOf([first = '', ...others]: readonly string[]): string {
  const more = others.length === 1 ? 'another tensor' : `${formatCount(others.length)} other tensors`;
  const name = plainName(first) || 'the whole';
  return others.length === 0 ? name : `${name} and ${more}`;
}

import { Budget } from '../budget.ts';
import { LimitReached } from '../damage.ts';
import { classOfName } from './known-names.ts';
import type { PickledName } from './value.ts';

/** Of names there are some dozens in a checkpoint; each is kept, told and looked for in lists. */
const most = { names: 10_000, unread: 20 };

/** Every name that the pickles of one file mention, and what of the file might name more and could not be read. */
export class PickledNames {
  readonly #names = new Map<string, PickledName>();
  readonly #unread = new Set<string>();
  #hasCode = false;
  /** What is left to be done for the file. */
  readonly budget: Budget;

  constructor(budget = new Budget()) {
    this.budget = budget;
  }

  /** The one description that there is of a name. @param offset where it stands, which counts of the first @throws LimitReached */
  name(module: string, name: string, offset: number | null): PickledName {
    const key = `${module}\n${name}`;
    const known = this.#names.get(key);
    if (known) return known;
    if (this.#names.size >= most.names) throw new LimitReached('it names more than is looked at');
    const named: PickledName = { kind: 'name', module, name, use: 'named', unfollowed: 0, offset };
    this.#names.set(key, named);
    if (classOfName(module, name) === 'code') this.#hasCode = true;
    return named;
  }

  /** Notes, in a few words, what was not read: nothing can be said of what loading that would do. */
  miss(what: string): void {
    if (this.#unread.size < most.unread) this.#unread.add(what);
  }

  /** Whether there is any that may do more than make tensors and data. */
  get hasCode(): boolean {
    return this.#hasCode;
  }

  get all(): readonly PickledName[] {
    return [...this.#names.values()];
  }

  get unread(): readonly string[] {
    return [...this.#unread];
  }
}

import type { ListedChange, ListedVersion } from '../catalog/listed-version.ts';
import type { VersionIndex } from '../catalog/version-index.ts';
import { isFresh, sameIdentity } from '../files/file-identity.ts';

/** Changes that are further apart, in milliseconds, belong to no one deletion. */
const apart = 2000;

/** Null where there was, or is, no such version. */
interface Going {
  before: ListedVersion | null;
  told: ListedVersion | null;
}

/**
 * What goes from a run bit by bit. Where its folder is gone in the end, its versions did not change one by one: it was deleted while it was looked
 * at, and what it held is what was listed before.
 */
export class GoingVersions {
  readonly #index: Pick<VersionIndex, 'listed'>;
  readonly #going = new Map<string, Going>();
  #lastAt = Number.NEGATIVE_INFINITY;
  /** What was told last of versions that are shown as they were before. */
  readonly #withheld = new Map<string, ListedVersion | null>();

  constructor(index: Pick<VersionIndex, 'listed'>) {
    this.#index = index;
  }

  /** Notes a change that is about to be taken in. @param now as `performance.now()` tells it */
  note(change: ListedChange, now = performance.now()): void {
    const isSave = change.changed.some((version) => this.#isSaved(version));
    if (isSave || now - this.#lastAt > apart) this.#going.clear();
    this.#lastAt = now;
    for (const id of [...change.removed, ...change.changed.map((version) => version.id)])
      this.#withheld.delete(id);
    if (isSave) return;
    for (const version of change.changed) this.#noteOne(version.id, version);
    for (const id of change.removed) this.#noteOne(id, null);
  }

  /** The folder is gone: the change that makes the list what it was before all this. */
  asBefore(): ListedChange {
    const all = [...this.#going];
    this.#going.clear();
    for (const [id, { told }] of all) this.#withheld.set(id, told);
    return changeTo(all.map(([id, { before }]) => [id, before]));
  }

  /** The folder is there: the change that makes the list what was told of it. */
  asTold(): ListedChange {
    const all = [...this.#withheld];
    this.#withheld.clear();
    return changeTo(all);
  }

  /** Training wrote it just now: nobody is deleting, and what goes with it made room. */
  #isSaved({ id, identity }: ListedVersion): boolean {
    if (!identity || !isFresh(identity)) return false;
    const before = this.#index.listed(id)?.identity;
    return !before || !sameIdentity(before, identity);
  }

  #noteOne(id: string, told: ListedVersion | null): void {
    const before = this.#going.get(id)?.before;
    this.#going.set(id, { before: before === undefined ? (this.#index.listed(id) ?? null) : before, told });
  }
}

function changeTo(states: readonly (readonly [string, ListedVersion | null])[]): ListedChange {
  return {
    changed: states.flatMap(([, version]) => version ?? []),
    removed: states.flatMap(([id, version]) => (version ? [] : [id])),
  };
}

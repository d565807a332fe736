import type { ListedVersion } from '../listed-version.ts';
import { companionKinds, familyOf } from './known-layouts.ts';
import type { CompanionKind } from './layout.ts';

type Accompanied = Pick<ListedVersion, 'id' | 'companions'>;

/** Which companions the models of a training have, so that it can be told which one lacks what others have. */
export class CompanionCensus {
  /** How many models of a family have a companion of a kind. */
  readonly #counts = new Map<string, number>();
  #changed = new Set<string>();

  /** Whether no model has any. */
  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  add(version: Accompanied): void {
    for (const kind of version.companions) this.#count(version.id, kind, 1);
  }

  remove(version: Accompanied): void {
    for (const kind of version.companions) this.#count(version.id, kind, -1);
  }

  /** The companions that others of its family have and it lacks. */
  missingOf({ id, companions }: Accompanied): CompanionKind[] {
    const family = this.isEmpty ? null : familyOf(id);
    if (family === null) return [];
    return companionKinds.filter(
      (kind) => !companions.includes(kind) && this.#counts.has(keyOf(family, kind)),
    );
  }

  /** The families of which some model has a companion of a kind. */
  familiesWith(kind: CompanionKind): string[] {
    const start = keyOf('', kind);
    return Array.from(this.#counts.keys()).flatMap((key) =>
      key.startsWith(start) ? [key.slice(start.length)] : [],
    );
  }

  /** Those that may lack others than when this was asked last, by their ids; null where nothing is otherwise. */
  takeChanged(): ((id: string) => boolean) | null {
    const changed = this.#changed;
    if (changed.size === 0) return null;
    this.#changed = new Set();
    return (id) => changed.has(familyOf(id) ?? '');
  }

  #count(id: string, kind: CompanionKind, by: 1 | -1): void {
    const family = familyOf(id) ?? '';
    const key = keyOf(family, kind);
    const count = (this.#counts.get(key) ?? 0) + by;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
    // The first one came, or the last one went.
    if (count === Math.max(by, 0)) this.#changed.add(family);
  }
}

const keyOf = (family: string, kind: CompanionKind): string => `${kind} ${family}`;

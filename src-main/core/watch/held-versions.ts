import { isIntactSoFar } from '../../../shared/model/integrity.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import type { VersionIndex } from '../catalog/version-index.ts';
import { sameIdentity } from '../files/file-identity.ts';

/** So long, in milliseconds, a version waits for its file to be looked into, and no longer: the list is not to lag behind the disk. */
const longest = 600;

/**
 * Versions whose files came or changed just now, and of which nothing is told before these were looked into: a half-written file would be
 * whole, and the latest, for as long as that takes. The index has them as they are: what saves and backs up waits for nothing.
 */
export class HeldVersions {
  readonly #index: Pick<VersionIndex, 'listed'>;
  readonly #release: (ids: string[]) => void;
  /** What they were when they were told of last; null where they were not. */
  readonly #before = new Map<string, ListedVersion | null>();
  #timer: NodeJS.Timeout | null = null;

  /** @param release is given those that are waited for no more */
  constructor(index: Pick<VersionIndex, 'listed'>, release: (ids: string[]) => void) {
    this.#index = index;
    this.#release = release;
  }

  has(id: string): boolean {
    return this.#before.has(id);
  }

  /** All versions as they were told last: the held ones as they were before, or not at all. */
  asTold(versions: Iterable<ListedVersion>): Iterable<ListedVersion> {
    return this.#before.size === 0 ? versions : this.#withoutHeld(versions);
  }

  /** What to hold of versions that are about to be taken into the index, once it is known that their files will be looked into. */
  unsure(versions: readonly ListedVersion[]): Map<string, ListedVersion | null> {
    const unsure = versions.filter((version) => this.#isUnsure(version));
    return new Map(unsure.map(({ id }) => [id, this.#toldOf(id)]));
  }

  hold(id: string, before: ListedVersion | null): void {
    this.#before.set(id, before);
    this.#timer ??= setTimeout(() => this.release([...this.#before.keys()]), longest);
  }

  /** They are told of by somebody else, or are gone. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#before.delete(id);
    if (this.#before.size === 0) this.close();
  }

  release(ids: readonly string[]): void {
    const held = ids.filter((id) => this.#before.has(id));
    this.forget(held);
    if (held.length > 0) this.#release(held);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  *#withoutHeld(versions: Iterable<ListedVersion>): Generator<ListedVersion> {
    for (const version of versions) {
      const before = this.#before.get(version.id);
      if (before !== null) yield before ?? version;
    }
  }

  #toldOf(id: string): ListedVersion | null {
    return (this.has(id) ? this.#before.get(id) : this.#index.listed(id)) ?? null;
  }

  /** Whether its bytes are new, and nothing but a look can tell that they are all there. */
  #isUnsure({ id, identity, state }: ListedVersion): boolean {
    if (!identity || !isIntactSoFar(state)) return false;
    const before = this.#index.listed(id)?.identity;
    if (before && sameIdentity(before, identity)) return this.has(id) && state === 'unsealed';
    return state === 'unsealed' || before !== undefined;
  }
}

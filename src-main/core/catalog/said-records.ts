import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import type { Meaning } from './interpret-record.ts';
import type { ToldWriter } from './layouts/recognise-run.ts';
import type { ListedVersion } from './listed-version.ts';

/** What a file says of itself, and the state it was in when it was read. */
export interface Said {
  identity: FileIdentity;
  own: Meaning;
  /** Of what goes with it, at that time, and in what that contradicts it. */
  companionState: number;
  mismatches: readonly string[];
}

const none: readonly string[] = [];

/** What files say of themselves, by id; it counts while they are as they were when they were read, and nothing beside a sidecar. */
export class SaidRecords {
  readonly #said = new Map<string, Said>();

  keep(id: string, said: Said): void {
    this.#said.set(id, said);
  }

  remove(id: string): void {
    this.#said.delete(id);
  }

  of({ id, identity, source }: ListedVersion): Meaning | null {
    const said = source === 'sidecar' ? undefined : this.#said.get(id);
    return said && identity && sameIdentity(said.identity, identity) ? said.own : null;
  }

  /** In what its companions, as they stand, contradict a version: a sentence each. */
  mismatchesOf(listed: ListedVersion): readonly string[] {
    return this.#isWhole(listed) ? (this.#said.get(listed.id)?.mismatches ?? none) : none;
  }

  /** Whether nothing describes a version but its name, and its file, and what goes with it, were not asked yet as they stand. */
  isWanted(listed: ListedVersion): boolean {
    return listed.identity !== null && listed.source !== 'sidecar' && !this.#isWhole(listed);
  }

  #isWhole(listed: ListedVersion): boolean {
    return this.of(listed) !== null && this.#said.get(listed.id)?.companionState === listed.companionState;
  }

  /** What they tell of who wrote them; beside a sidecar too. */
  writers(listedOf: (id: string) => ListedVersion | undefined): ToldWriter[] {
    return [...this.#said].flatMap(([id, { identity, own }]) => {
      const listed = listedOf(id);
      const stands = listed?.identity && sameIdentity(listed.identity, identity);
      return stands && own.writtenBy ? [{ step: listed.step, by: own.writtenBy }] : [];
    });
  }
}

import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import type { Meaning } from './interpret-record.ts';
import type { ToldWriter } from './layouts/recognise-run.ts';
import type { ListedVersion } from './listed-version.ts';

/** What a file says of itself, and the state it was in when it was read. */
export interface Said {
  identity: FileIdentity;
  own: Meaning;
  /** Whether a checkpoint is recognised in it; null where that is not known. */
  recognised: boolean | null;
  /** Of what goes with it, its own and what it shares, at that time, and in what that contradicts it. */
  companionState: number;
  mismatches: readonly string[];
}

const none: readonly string[] = [];

/** What files say of themselves, by id; it counts while they are as they were when they were read, and nothing beside a sidecar. */
export class SaidRecords {
  readonly #said = new Map<string, Said>();
  /** Another number once a file is touched that all models of the run share. */
  sharedState = 0;

  /** @returns whether it was another before */
  noteShared(state: number): boolean {
    const isOther = state !== this.sharedState;
    this.sharedState = state;
    return isOther;
  }

  keep(id: string, said: Said): void {
    this.#said.set(id, said);
  }

  remove(id: string): void {
    this.#said.delete(id);
  }

  of(listed: ListedVersion): Meaning | null {
    return listed.source === 'sidecar' ? null : (this.#standing(listed)?.own ?? null);
  }

  /** Whether a checkpoint is recognised in a file as it stands; null where it was not asked. @param listed asked for where it was */
  isRecognised(id: string, listed: () => ListedVersion | undefined): boolean | null {
    const said = this.#said.get(id);
    const identity = said && listed()?.identity;
    return identity && sameIdentity(said.identity, identity) ? said.recognised : null;
  }

  /** In what its companions, as they stand, contradict a version, beside a sidecar too: a sentence each. */
  mismatchesOf(listed: ListedVersion): readonly string[] {
    return this.#asStands(listed)?.mismatches ?? none;
  }

  /** Whether something may be told that only its file, or what goes with it, knows, and these were not asked yet as they stand. */
  isUnasked(listed: ListedVersion): boolean {
    const isTelling = listed.source !== 'sidecar' || listed.companions.length > 0;
    return listed.identity !== null && isTelling && this.#asStands(listed) === null;
  }

  /** While the file is as it was. */
  #standing({ id, identity }: ListedVersion): Said | null {
    const said = this.#said.get(id);
    return said && identity && sameIdentity(said.identity, identity) ? said : null;
  }

  /** While the file, and what goes with it, are as they were. */
  #asStands(listed: ListedVersion): Said | null {
    const said = this.#standing(listed);
    return said?.companionState === listed.companionState + this.sharedState ? said : null;
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

import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import type { Meaning } from './interpret-record.ts';
import type { ToldWriter } from './layouts/recognise-run.ts';
import type { ListedVersion } from './listed-version.ts';

/** What a file says of itself, and the state it was in when it was read. */
export interface Said {
  identity: FileIdentity;
  own: Meaning;
}

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

  /** Whether nothing describes a version but its name, and its file was not asked yet as it stands. */
  isWanted(listed: ListedVersion): boolean {
    return listed.identity !== null && listed.source !== 'sidecar' && !this.of(listed);
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

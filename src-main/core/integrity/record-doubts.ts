import { nameWithoutEnding } from '../catalog/classify-name.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { isSidecarChanged, type RememberedSidecar, tellSidecar } from './remember-sidecar.ts';
import { isOfSameFile, stands, type Verification, type Verifications } from './verification.ts';

/** What telling them takes of the run. */
interface Places {
  listed(id: string): ListedVersion | undefined;
  /** Where the file of an id is, absolute. */
  pathOf(id: string): string;
}

/** Which records of a run cannot be believed: sidecars that cannot be read, that changed or went since their versions were verified, or contradict their names or the run's list of checksums. */
export class RecordDoubts {
  readonly #verifications: Verifications;
  readonly #places: Places;

  constructor(verifications: Verifications, places: Places) {
    this.#verifications = verifications;
    this.#places = places;
  }

  /** Why, in words; null for nothing. Its sidecar is read again where that is asked for. */
  of(listed: ListedVersion, again: boolean): string | null {
    if (listed.fault !== null) return listed.fault;
    const remembered = this.#remembered(listed.id, listed);
    if (!remembered) return null;
    const isGone = listed.source !== 'sidecar';
    const isChanged = again
      ? isSidecarChanged(remembered, nameWithoutEnding(this.#places.pathOf(listed.id)))
      : remembered.changed || isGone;
    return isChanged ? tellSidecar(remembered, isGone) : null;
  }

  /** Whether its sidecar had changed when it was last verified; whether that still counts is not asked. */
  has(id: string): boolean {
    return this.#verifications.get(id)?.sidecar?.changed === true;
  }

  /** The version with what was found of its sidecar. */
  apply<V extends { id: string; problems: string[] }>(version: V): V {
    const remembered = this.#remembered(version.id);
    if (!remembered?.changed) return version;
    return { ...version, problems: [...version.problems, tellSidecar(remembered)] };
  }

  /** Whether a version was of a known format when it was verified as it stands; null where it was not, or that was not remembered. */
  isRecognised(id: string): boolean | null {
    return this.#standing(id)?.recognised ?? null;
  }

  /** The sidecar that a version had when its file was verified as it stands: the checksum on record may have gone with it since. */
  #remembered(id: string, known?: ListedVersion): RememberedSidecar | null {
    const verification = this.#verifications.get(id);
    if (!verification?.sidecar) return null;
    const listed = known ?? this.#places.listed(id);
    return listed && isOfSameFile(verification, listed.identity) ? verification.sidecar : null;
  }

  #standing(id: string): Verification | null {
    const verification = this.#verifications.get(id);
    const listed = verification && this.#places.listed(id);
    return listed && stands(verification, listed.identity, listed.checksum) ? verification : null;
  }
}

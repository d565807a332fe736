import { findContradiction } from '../catalog/build-version.ts';
import { nameWithoutEnding } from '../catalog/classify-name.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { isSidecarChanged, type RememberedSidecar, sidecarChanged } from './remember-sidecar.ts';
import { stands, type Verification, type Verifications } from './verification.ts';

/** What telling them takes of the run. */
interface Places {
  listed(id: string): ListedVersion | undefined;
  /** Where the file of an id is, absolute. */
  pathOf(id: string): string;
}

/** Which records of a run cannot be believed: sidecars that changed since their versions were verified, or contradict their names or the run's list of checksums. */
export class RecordDoubts {
  readonly #verifications: Verifications;
  readonly #places: Places;

  constructor(verifications: Verifications, places: Places) {
    this.#verifications = verifications;
    this.#places = places;
  }

  /** Why, in words; null for nothing. Its sidecar is read again where that is asked for. */
  of(listed: ListedVersion, again: boolean): string | null {
    const { id, problems } = listed;
    const remembered = this.#remembered(id, listed);
    const isChanged = again
      ? remembered && isSidecarChanged(remembered, nameWithoutEnding(this.#places.pathOf(id)))
      : remembered?.changed;
    return isChanged ? sidecarChanged : findContradiction(problems);
  }

  /** Whether its sidecar had changed when it was last verified; whether that still counts is not asked. */
  has(id: string): boolean {
    return this.#verifications.get(id)?.sidecar?.changed === true;
  }

  /** The version with what was found of its sidecar. */
  apply<V extends { id: string; problems: string[] }>(version: V): V {
    if (!this.#remembered(version.id)?.changed) return version;
    return { ...version, problems: [...version.problems, sidecarChanged] };
  }

  /** Whether a version was of a known format when it was verified as it stands; null where it was not, or that was not remembered. */
  isRecognised(id: string): boolean | null {
    return this.#standing(id)?.recognised ?? null;
  }

  /** The sidecar that a version had when it was verified as it stands. */
  #remembered(id: string, listed?: ListedVersion): RememberedSidecar | null {
    return this.#verifications.get(id)?.sidecar ? (this.#standing(id, listed)?.sidecar ?? null) : null;
  }

  /** @param known what is listed of it, where that is at hand */
  #standing(id: string, known?: ListedVersion): Verification | null {
    const verification = this.#verifications.get(id);
    const listed = verification && (known ?? this.#places.listed(id));
    return listed && stands(verification, listed.identity, listed.checksum) ? verification : null;
  }
}

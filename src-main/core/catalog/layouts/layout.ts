import type { Source } from '../../formats/source.ts';
import type { ListedVersion } from '../listed-version.ts';
import type { CompanionKind } from './stable-baselines3/companion-of.ts';

/** What a version is known by to what was measured of a run. */
export type Measurable = Pick<ListedVersion, 'id' | 'step'>;

/** What was measured of one version. */
export interface Measured {
  /** Its reward, where nothing else tells one. */
  reward: number | null;
  /** Under names that tell where they are from. */
  metrics: readonly (readonly [name: string, value: number])[];
  /** A sentence for each way in which it does not fit the version. */
  problems: readonly string[];
}

/** What a framework measured of the versions of a run. */
export interface Measurements {
  /** Null where it says nothing of the version. */
  of(version: Measurable): Measured | null;
}

/** A file that goes with a model, without which that is not what was trained, and that is no version. */
export interface Companion {
  kind: CompanionKind;
  /** The name of its model, without ending. */
  stem: string;
}

/** How a framework lays out a run that has no sidecars. The reference keeps in sidecars what others keep in files of the run. */
export interface Layout {
  /** The file at the top of a run that has what was measured of its versions. */
  measurementsFile: string;
  /** Null for a name that is none of a companion. */
  companionOf(name: string): Companion | null;
  /** @throws Damage where it is not what the framework writes, or larger than is read; what reading throws */
  readMeasurements(source: Source): Promise<Measurements>;
}

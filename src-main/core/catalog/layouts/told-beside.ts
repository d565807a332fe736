import { isRewardName, measuredValue } from '../../../../shared/model/metric.ts';
import type { MetricSource } from '../../../../shared/model/metric-source.ts';
import type { Problem } from '../../../../shared/model/run.ts';
import { escapeName } from '../escape-name.ts';
import type { ListedVersion } from '../listed-version.ts';
import {
  type Measured,
  type MeasuredOrigin,
  type Measurements,
  noOrigin,
  unmeasured,
} from '../measurements/measured.ts';
import { epochOf, namedEpochs } from '../measurements/named-epochs.ts';
import { CompanionCensus } from './companion-census.ts';
import { savedWithout, tellMissing } from './known-layouts.ts';
import { type Beside, type Lent, lentTo, tellLacking } from './lent-companions.ts';

/** What other files of a run tell of its versions: what was measured of them, and which companions others have. */
export class ToldBeside {
  #measurements: Measurements | null = null;
  readonly #census = new CompanionCensus();
  readonly #mismatchesOf: (version: ListedVersion) => readonly string[];
  readonly #isAnyShared: () => boolean;
  readonly #beside: Beside;
  /** Those that their framework saves without companions. */
  readonly #savedWithout = new Set<string>();
  #isAnyOther = false;
  /** How many versions no sidecar describes. */
  #bare = 0;
  /** How many versions have a reward in their sidecar: what logs measured is another reward than theirs, and must not be ranked with them. */
  #rewarded = 0;
  #wasRewarded = false;
  /** The epochs in names of versions without a step that no sidecar describes, by id. */
  readonly #epochs = new Map<string, number>();
  #areEpochsOther = false;
  /** Those that have a reward by their names alone: a file may tell otherwise later. */
  readonly #rewardedByName = new Set<string>();

  /**
   * @param mismatchesOf in what the companions of a version, its own or shared ones, are known to contradict it
   * @param isAnyShared whether there are files that go with all versions
   */
  constructor(
    mismatchesOf: (version: ListedVersion) => readonly string[],
    isAnyShared: () => boolean,
    beside: Beside,
  ) {
    this.#beside = beside;
    this.#mismatchesOf = mismatchesOf;
    this.#isAnyShared = isAnyShared;
  }

  /** Null for nothing. A version that a sidecar describes is not measured by them. */
  get measurements(): Measurements | null {
    return this.#measurements;
  }

  set measurements(measurements: Measurements | null) {
    this.#measurements = measurements;
    this.#areEpochsOther = true;
    this.#noteEpochs();
  }

  get #isAlone(): boolean {
    return this.#census.isEmpty && !this.#isAnyShared();
  }

  /** Whether there is a version that other files could measure. */
  get isWanted(): boolean {
    return this.#bare > 0;
  }

  /** Whether a version has a reward by its sidecar or its name. */
  get isRewarded(): boolean {
    return this.#rewarded > 0 || this.#rewardedByName.size > 0;
  }

  of(version: ListedVersion): Measured | null {
    const measured = this.#measuredOf(version);
    if (this.#isAlone) return measured;
    const told = [...this.#missingOf(version), ...this.#mismatchesOf(version)];
    if (told.length === 0) return measured;
    const { problems, ...rest } = measured ?? unmeasured;
    return { ...rest, problems: [...problems, ...told] };
  }

  /** What models that are saved without companions need of others. */
  lent(): Lent[] {
    const bare = Array.from(this.#savedWithout, (id) => this.#beside.listed(id));
    return bare.flatMap((version) => (version ? lentTo(version, this.#census, this.#beside) : []));
  }

  #missingOf(version: ListedVersion): string[] {
    const lent = lentTo(version, this.#census, this.#beside).map((each) => tellLacking(each, version));
    return [...this.#census.missingOf(version).map(tellMissing), ...lent];
  }

  /** What they tell against any of these versions. */
  problemsOf(versions: Iterable<ListedVersion>): Problem[] {
    if (this.measurements === null && this.#isAlone) return [];
    return Array.from(versions).flatMap((version) => {
      const told = this.of(version)?.problems ?? [];
      return told.map((problem) => ({ path: escapeName(version.id), problem }));
    });
  }

  /** Takes in that a version is there, in the place of another one. */
  add(version: ListedVersion, before: ListedVersion | undefined): void {
    this.remove(before);
    this.#census.add(version);
    if (savedWithout(version.id).length > 0) this.#savedWithout.add(version.id);
    this.#isAnyOther ||= version.companions.length > 0;
    this.#bare += bareCount(version);
    this.#rewarded += rewardedCount(version);
    if (version.source !== 'sidecar' && version.reward !== null) this.#rewardedByName.add(version.id);
    const epoch = bareCount(version) > 0 && version.step === null ? epochOf(version.id) : null;
    if (epoch === null) return;
    this.#epochs.set(version.id, epoch);
    this.#areEpochsOther = true;
  }

  remove(version: ListedVersion | undefined): void {
    if (!version) return;
    this.#census.remove(version);
    this.#savedWithout.delete(version.id);
    this.#isAnyOther ||= version.companions.length > 0;
    this.#bare -= bareCount(version);
    this.#rewarded -= rewardedCount(version);
    this.#rewardedByName.delete(version.id);
    if (this.#epochs.delete(version.id)) this.#areEpochsOther = true;
  }

  /** Where that is from which others measured of a version. */
  originOf(version: ListedVersion): MeasuredOrigin {
    const measurements = this.#measurementsOf(version);
    if (measurements === null) return noOrigin;
    const own = new Set(version.metrics.names);
    const isMeasured = version.reward === null && this.#rewarded === 0;
    const isOwn = ({ metric }: MetricSource) => (metric === 'reward' ? !isMeasured : own.has(metric));
    const sources = measurements.sourcesOf(version).filter((source) => !isOwn(source));
    return { sources, episodes: isMeasured ? measurements.episodesOf(version) : null };
  }

  /** What tells the measurement by others that is behind a version's value of a metric; null where it is its own, or there is none. */
  measurementOf(version: ListedVersion, metric: string): string | null {
    const measurements = this.#measurementsOf(version);
    if (measurements === null || measuredValue(version, metric) !== null) return null;
    return isRewardName(metric) && this.#rewarded > 0 ? null : measurements.measurementOf(version, metric);
  }

  /** Those of which something else is told since this was asked last; null for none. */
  takeChanged(): ((id: string) => boolean) | null {
    const changed = this.#census.takeChanged();
    const isRewarded = this.#rewarded > 0;
    const areEpochsOther = this.#noteEpochs();
    if (isRewarded === this.#wasRewarded && !areEpochsOther) return changed;
    this.#wasRewarded = isRewarded;
    return this.measurements === null ? changed : () => true;
  }

  /** Those among {@link lent} of which something else may be told since this was asked last. */
  takeLacking(): Iterable<string> {
    const isAnyOther = this.#isAnyOther;
    this.#isAnyOther = false;
    return isAnyOther ? this.#savedWithout : [];
  }

  #noteEpochs(): boolean {
    if (!this.#areEpochsOther || this.measurements === null) return false;
    this.#areEpochsOther = false;
    return this.measurements.noteEpochs(namedEpochs(this.#epochs.values()));
  }

  #measuredOf(version: ListedVersion): Measured | null {
    const measured = this.#measurementsOf(version)?.of(version) ?? null;
    const isOther = measured !== null && measured.reward !== null && this.#rewarded > 0;
    return isOther ? { ...measured, reward: null } : measured;
  }

  #measurementsOf(version: ListedVersion): Measurements | null {
    // A view is not asked for more than it takes.
    return this.#measurements === null || version.source === 'sidecar' ? null : this.#measurements;
  }
}

const rewardedCount = ({ source, reward }: ListedVersion): number =>
  source === 'sidecar' && reward !== null ? 1 : 0;
const bareCount = ({ source }: ListedVersion): number => (source === 'sidecar' ? 0 : 1);

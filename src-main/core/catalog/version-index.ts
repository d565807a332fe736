import type { Integrity } from '../../../shared/model/integrity.ts';
import type { Ranking, SelectionMetric } from '../../../shared/model/metric.ts';
import { negativeMetrics } from '../../../shared/model/negative-metrics.ts';
import type { Problem } from '../../../shared/model/run.ts';
import type { Version } from '../../../shared/model/version.ts';
import { withoutOdd } from '../../../shared/query/odd-files.ts';
import { findBadges } from '../../../shared/query/rank-versions.ts';
import { sameIdentity } from '../files/file-identity.ts';
import type { Found } from '../integrity/look-into-candidates.ts';
import type { Verifications } from '../integrity/verification.ts';
import type { Finding } from './finding.ts';
import { FoundIntegrities } from './found-integrities.ts';
import type { Lent } from './layouts/lent-companions.ts';
import type { ToldWriter } from './layouts/recognise-run.ts';
import { ToldBeside } from './layouts/told-beside.ts';
import { measuredText, withMeasured } from './layouts/with-measured.ts';
import {
  asText,
  type Badges,
  copyListed,
  type ListedChange,
  type ListedRow,
  type ListedVersion,
  listedRow,
  movedBadges,
  textAfter,
  textWithStep,
  withMetric,
  withStep,
} from './listed-version.ts';
import { type MeasuredOrigin, type Measurements, noOrigin, sameMeasured } from './measurements/measured.ts';
import { type Said, SaidRecords } from './said-records.ts';
import { withOwnRecord } from './with-own-record.ts';

/**
 * The versions of a run in memory: what the catalog saw, joined with what verifying found, and who is best and latest. Every
 * method that changes something gives the ids that look different now.
 */
export class VersionIndex {
  readonly #listed = new Map<string, ListedVersion>();
  readonly #integrities: FoundIntegrities;
  readonly said = new SaidRecords();
  readonly #beside = new ToldBeside(
    (version) => this.said.mismatchesOf(version),
    () => this.said.sharedState !== 0,
    { listed: (id) => this.#listed.get(id), filesWith: (id) => this.#filesWith(id) },
  );
  /** The metric whose values listings carry. */
  readonly #listedBy: string;
  #metric: Pick<SelectionMetric, 'name' | 'mode'>;
  readonly #reread: (listed: ListedVersion) => string;
  readonly #filesWith: (id: string) => readonly string[];
  #badges: Badges = { best: null, latest: null };
  #negativeMetrics: readonly string[] = [];
  #revision = 0;

  /**
   * @param metric the one by which versions are listed, and ranked until {@link rankBy} says otherwise
   * @param reread gives the text of a version that was listed without one
   * @param filesWith the files that go with a version, relative to the run
   */
  constructor(
    verifications: Verifications,
    metric: Pick<SelectionMetric, 'name' | 'mode'>,
    reread: (listed: ListedVersion) => string,
    filesWith: (id: string) => readonly string[] = () => [],
  ) {
    this.#integrities = new FoundIntegrities(verifications);
    this.#listedBy = metric.name;
    this.#metric = metric;
    this.#reread = reread;
    this.#filesWith = filesWith;
  }

  get size(): number {
    return this.#listed.size;
  }

  /** Another number whenever something else may be known of any version. */
  get revision(): number {
    return this.#revision;
  }

  /** The best version as it was ranked last. */
  get best(): ListedVersion | undefined {
    return this.listed(this.#badges.best ?? '');
  }

  /** The latest version as it was ranked last. */
  get latest(): ListedVersion | undefined {
    return this.listed(this.#badges.latest ?? '');
  }

  /** See {@link negativeMetrics}; as of the last {@link rank}. */
  get negativeMetrics(): readonly string[] {
    return this.#negativeMetrics;
  }

  /** Those that were ranked best and latest last. */
  get badges(): Readonly<Badges> {
    return this.#badges;
  }

  ids(): string[] {
    return [...this.#listed.keys()];
  }

  /** The record of one version, in the state it is now known to be in. */
  listed(id: string): ListedVersion | undefined {
    const listed = this.#listed.get(id);
    return listed && this.#current(listed);
  }

  /** The records of all versions, in the states they are now known to be in. */
  *all(): Generator<ListedVersion> {
    for (const listed of this.#listed.values()) yield this.#current(listed);
  }

  integrity(id: string): Integrity | undefined {
    const listed = this.#listed.get(id);
    return listed && this.#integrities.of(listed);
  }

  /** What was found out about a file after it was listed, as it stands; undefined where nothing was. */
  foundOut(id: string): Integrity | undefined {
    return this.#integrities.get(id);
  }

  version(id: string): Version | undefined {
    const listed = this.#listed.get(id);
    return listed && (JSON.parse(`{${this.textOf(listed)}}`) as Version);
  }

  /** The version as a row of the window. */
  row(id: string): ListedRow | undefined {
    const listed = this.#listed.get(id);
    return listed && listedRow(this.#measured(listed), this.#integrities.of(listed), this.#badges);
  }

  /** A version of the index as JSON text, without its braces. */
  textOf(listed: ListedVersion): string {
    const [text, after] = this.piecesOf(listed);
    return asText(text) + after;
  }

  /** The same in two pieces: to write out what is UTF-8 already costs a third of making text of it first. */
  piecesOf(listed: ListedVersion): [text: string | Uint8Array, after: string] {
    const told = listed.text ?? this.#reread(listed);
    const own = this.said.isStepAsked(listed.id) ? textWithStep(told, listed.step) : told;
    const measured = this.#beside.of(listed);
    const text = measured ? measuredText(asText(own), measured) : own;
    return [text, textAfter(listed.id, this.#integrities.of(listed), this.#badges)];
  }

  apply({ changed, removed }: ListedChange): string[] {
    this.#revision += 1;
    for (const id of removed) {
      this.#beside.remove(this.#listed.get(id));
      this.#listed.delete(id);
      this.#integrities.remove(id);
      this.said.remove(id);
    }
    for (const listed of changed) {
      this.#beside.add(listed, this.#listed.get(listed.id));
      this.#listed.set(listed.id, this.#taken(listed));
      this.#integrities.list(listed);
    }
    const ids = [...changed.map(({ id }) => id), ...this.#beside.takeLacking()];
    const isOther = this.#beside.takeChanged();
    return [...new Set(isOther ? [...ids, ...this.ids().filter(isOther)] : ids)];
  }

  /** Takes in what was found out about a file, for as long as the file and the checksum on record stay as they are. */
  found(id: string, finding: Finding): string[] {
    this.#revision += 1;
    const listed = this.#listed.get(id);
    return listed && this.#integrities.take(listed, finding) ? [id] : [];
  }

  /** Takes in that the run was looked at: what was not there when somebody wanted to read it, and is listed, is there again. */
  foundAgain(): string[] {
    this.#revision += 1;
    const back = this.#integrities.missing().filter((id) => this.#listed.get(id)?.identity != null);
    for (const id of back) this.#integrities.remove(id);
    return back;
  }

  /** Takes in what looking into files found; what nobody asked for, and what reading every byte has told better, is left. */
  learned(found: readonly Found[]): string[] {
    this.#revision += 1;
    return found.flatMap(({ id, fault, own, ...said }) => [
      ...(fault && !this.integrity(id)?.checked_at
        ? this.found(id, { identity: said.identity, integrity: fault })
        : []),
      ...(own ? this.#hear(id, { ...said, own }) : []),
    ]);
  }

  /** Takes in what was measured of versions that no sidecar describes, in the place of what was before; null for nothing. */
  measuredBy(measurements: Measurements | null): string[] {
    this.#revision += 1;
    const before = [...this.#listed.values()].map((listed) => this.#beside.of(listed));
    this.#beside.measurements = measurements;
    const isOther = (id: string, index: number) =>
      !sameMeasured(before[index] ?? null, this.#beside.of(this.#listed.get(id) as ListedVersion));
    return this.ids().filter(isOther);
  }

  /** Whether there is a version that no sidecar describes, so that other files may measure it. */
  get isMeasurable(): boolean {
    return this.#beside.isWanted;
  }

  /** Where that is from which none of a version's own files has. */
  originOf(id: string): MeasuredOrigin {
    const listed = this.#listed.get(id);
    return listed ? this.#beside.originOf(listed) : noOrigin;
  }

  /** Whether other files measured versions of it. */
  get isMeasured(): boolean {
    return this.#beside.measurements !== null;
  }

  /** What tells the measurement behind a version's value of a metric, which counts for others too; null where it is its own. */
  measurementOf(id: string, metric: string): string | null {
    const listed = this.#listed.get(id);
    return listed ? this.#beside.measurementOf(listed, metric) : null;
  }

  /** What other files of the run tell against its versions. */
  problemsBeside(): Problem[] {
    return this.#beside.problemsOf(this.#listed.values());
  }

  /** What models that are saved without companions need of others. */
  lent(): Lent[] {
    return this.#beside.lent();
  }

  /** What files that no sidecar describes tell of who wrote them. */
  toldWriters(): ToldWriter[] {
    return this.said.writers((id) => this.#listed.get(id));
  }

  /** The metric by which the framework tells the best, as files say that no sidecar describes; null where they do not, or some version has a reward of its own: the default ranks by that. */
  get toldRanking(): Ranking | null {
    return this.#beside.isRewarded ? null : this.said.ranking((id) => this.#listed.get(id));
  }

  /** Whether its file, or what goes with it, is yet to be asked as it stands: that of any version without a sidecar, or with companions. */
  isUnasked(id: string): boolean {
    const listed = this.#listed.get(id);
    return listed !== undefined && this.said.isUnasked(listed);
  }

  /** Whether its file is yet to be asked for the training step, which its sidecar lacks. */
  isStepUnasked(id: string): boolean {
    const listed = this.#listed.get(id);
    return listed !== undefined && this.said.isStepUnasked(listed);
  }

  /** Ranks by another metric from now on: the next {@link rank} goes by it. */
  rankBy(metric: Pick<SelectionMetric, 'name' | 'mode'>): void {
    const isSame = metric.name === this.#metric.name;
    this.#metric = metric;
    if (isSame) return;
    this.#revision += 1;
    for (const [id, listed] of this.#listed) this.#listed.set(id, withMetric(listed, metric.name));
  }

  /** Finds best and latest anew, among these. */
  rank(among: Iterable<ListedVersion> = this.all()): string[] {
    const before = this.#badges;
    const versions = withoutOdd(among, (each) => this.said.isRecognised(each.id, () => each));
    this.#badges = findBadges(versions, this.#metric.mode);
    this.#negativeMetrics = negativeMetrics(this.#listed.values());
    return movedBadges(before, this.#badges).filter((id) => this.#listed.has(id));
  }

  #hear(id: string, said: Said): string[] {
    const listed = this.#listed.get(id);
    if (!listed?.identity || !sameIdentity(listed.identity, said.identity)) return [];
    const isAsked = this.isUnasked(id);
    const isDescribed = this.said.of(listed) !== null;
    this.said.keep(listed, said);
    if (!isAsked && this.said.stepOf(listed) === null) return [];
    if (!isDescribed) this.#listed.set(id, this.#described(listed));
    return [id];
  }

  /** A version that was just listed, as its own file describes it and with the value that it is ranked by. */
  #taken(listed: ListedVersion): ListedVersion {
    const { name } = this.#metric;
    return this.#described(name === this.#listedBy ? listed : withMetric(listed, name));
  }

  /** A version without a sidecar as its own file describes it; one with the step that its sidecar lacks. */
  #described(listed: ListedVersion): ListedVersion {
    const own = this.said.of(listed);
    if (own) return withOwnRecord(listed, own, this.#metric.name);
    return withStep(listed, this.said.stepOf(listed));
  }

  #current(listed: ListedVersion): ListedVersion {
    const integrity = this.#integrities.get(listed.id);
    const measured = this.#measured(listed);
    return integrity ? { ...copyListed(measured), state: integrity.state } : measured;
  }

  #measured(listed: ListedVersion): ListedVersion {
    const measured = this.#beside.of(listed);
    return measured ? withMeasured(listed, measured, this.#metric.name) : listed;
  }
}

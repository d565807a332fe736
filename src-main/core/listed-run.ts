import { isUnrecognised } from '../../shared/model/integrity.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import type { RecognisedLayout, RunLayout } from '../../shared/model/recognised-layout.ts';
import type { Problem } from '../../shared/model/run.ts';
import type { Version } from '../../shared/model/version.ts';
import type { WeightsFound } from '../../shared/model/weights-found.ts';
import { nameWithoutEnding } from './catalog/classify-name.ts';
import {
  companionsOfVersion,
  describeVersion,
  readSidecarOf,
  type VersionDescription,
} from './catalog/describe-version.ts';
import { escapeName } from './catalog/escape-name.ts';
import { identityOfVersion, inPlace, type Places } from './catalog/identity-of-folder.ts';
import type { Lent } from './catalog/layouts/lent-companions.ts';
import { isAnythingOf, recogniseRun, type WrittenRun } from './catalog/layouts/recognise-run.ts';
import { hasRunFolder, runFolders } from './catalog/list-names.ts';
import { type Badges, type ListedRow, type ListedVersion, sumUp } from './catalog/listed-version.ts';
import { MeasurementFiles } from './catalog/measurements/measurement-files.ts';
import { RecordTexts } from './catalog/record-texts.ts';
import { rereadRecord } from './catalog/reread-record.ts';
import { problemsOfTime } from './catalog/time-ahead.ts';
import { innerFolderOf } from './catalog/version-folders.ts';
import { VersionIndex } from './catalog/version-index.ts';
import { problemsOfMetric, UnmetMetric } from './choices/unmet-metric.ts';
import { onlyOf, readAsOf } from './config/read-as.ts';
import { ConfiguredRun } from './configured-run.ts';
import { ModelNotFoundError } from './errors.ts';
import type { FileIdentity } from './files/file-identity.ts';
import { weightsNow, withFindings } from './integrity/measured-weights.ts';
import { RecordDoubts } from './integrity/record-doubts.ts';
import { asKnownSince } from './integrity/remember-sidecar.ts';
import type { Verification } from './integrity/verification.ts';
import { VerificationLog } from './integrity/verification-log.ts';
import { Annotations } from './marks/annotations.ts';
import type { Mark } from './marks/marks.ts';
import { openRun, type ReaderOptions } from './open-run.ts';

/** What is known of the versions of a run: listed, verified, noted. Nothing of it is read here but what is on record beside them. */
export class ListedRun extends ConfiguredRun {
  protected readonly verifications: VerificationLog;
  protected readonly index: VersionIndex;
  protected readonly annotations: Annotations;
  protected readonly measured: MeasurementFiles;
  readonly #doubts: RecordDoubts;
  readonly #unmetMetric = new UnmetMetric();
  protected foundProblems: readonly Problem[] = [];
  /** Not where they should be, where an operation was interrupted. */
  protected places: Places;

  /** @throws UsageError when the folder cannot be opened */
  constructor(folder: string, options: ReaderOptions = {}) {
    super(openRun(folder, options));
    this.verifications = new VerificationLog(this.bookkeeping);
    this.annotations = new Annotations(this.root, this.bookkeeping, (id) => this.seenIdentity(id));
    this.index = new VersionIndex(
      this.verifications,
      this.listedMetric,
      (listed) => rereadRecord(this.root, this.config, listed),
      (id) => companionsOfVersion(id, this.places),
    );
    this.index.rankBy(this.metric);
    this.measured = new MeasurementFiles(this.root);
    this.places = inPlace(this.root, this.config);
    const records = {
      listed: (id: string) => this.index.listed(id),
      pathOf: (id: string) => this.pathOf(id),
    };
    this.#doubts = new RecordDoubts(this.verifications, records);
  }

  /** Takes in what other processes verified since. @returns the ids that look different now */
  protected readVerifications(): string[] {
    return this.verifications.refresh().flatMap((found) => this.index.found(found.id, found));
  }

  /** A result of verifying, by what is known of its sidecar now. */
  protected asKnown(result: Verification): Verification {
    return asKnownSince(result, this.verifications.get(result.id), nameWithoutEnding(this.pathOf(result.id)));
  }

  /** Where the file of an id is, absolute. */
  protected pathOf(id: string): string {
    return this.places.pathOf(id);
  }

  /** The folders that are versions, and those in them, relative to the run. */
  get versionFolders(): string[] {
    const paths = new Set(this.index.ids().flatMap((id) => innerFolderOf(id, this.config) ?? []));
    return [...paths].flatMap((path) => {
      const { folders = [] } = this.places.folderAt(path) ?? {};
      return [path, ...folders.map((inner) => `${path}/${inner}`)];
    });
  }

  /** What the files of a version were when they were last looked at; null where there were none. */
  protected seenIdentity(id: string): FileIdentity | null {
    return this.listed(id)?.identity ?? null;
  }

  /** What the files of a version are by now; null where it is not there. */
  identityNow(id: string): FileIdentity | null {
    return identityOfVersion(this.places, id);
  }

  get problems(): Problem[] {
    const ofRecords = [
      ...this.configProblems,
      ...this.markProblems,
      ...this.choiceProblems,
      ...this.verifications.problems,
    ];
    const beside = [...this.measured.problems, ...this.index.problemsBeside()];
    const ofBadges = [...this.#metricProblems, ...problemsOfTime(this.index.latest)];
    return [...ofRecords, ...ofBadges, ...beside, ...this.found];
  }

  get #metricProblems(): Problem[] {
    const { index, configSource } = this;
    const mayBeLogged = index.isMeasurable && !this.measured.isRead;
    if (configSource === null || index.best || mayBeLogged) return [];
    const { metric, configuredMetric } = this;
    const state = JSON.stringify([index.revision, index.said.sharedState, metric, configuredMetric]);
    return this.#unmetMetric.problemsIn(state, () =>
      problemsOfMetric(metric, configuredMetric, configSource, {
        versions: () => index.all(),
        isUnread: ({ id, source }) => source !== 'sidecar' && index.isUnasked(id),
      }),
    );
  }

  /** Those of the problems that keep versions from being seen: folders of the run that are not looked into. */
  get blindSpots(): Problem[] {
    const folders = new Set(runFolders(this.config).map(({ path }) => path));
    return this.problems.filter(({ path }) => folders.has(path));
  }

  /** All versions, in no particular order. */
  versions(): Version[] {
    return [...this.index.all()].flatMap(({ id }) => this.version(id) ?? []);
  }

  /** The light records of all versions, for ranking, counting and choosing which to print. */
  list(): Iterable<ListedVersion> {
    return this.index.all();
  }

  /** Another number whenever something else may be known of any version, but for what people noted. */
  get revision(): number {
    return this.index.revision + this.verifications.revision;
  }

  /** How many versions there are, their bytes, and of how many the file is not as it should be. */
  totals(): { count: number; bytes: number; wrong: number } {
    return sumUp(this.index.all());
  }

  /** The ids of the best and the latest, as far as they are known. */
  get badges(): Readonly<Badges> {
    return this.index.badges;
  }

  /** Metrics that are written as negative numbers where that tells the better end. */
  get negativeMetrics(): readonly string[] {
    return this.index.negativeMetrics;
  }

  /** By what the best version, as far as it is known, is the best; null where there is none. */
  get bestValue(): number | null {
    return this.index.best?.value ?? null;
  }

  version(id: string): Version | undefined {
    const version = this.index.version(id);
    return version && this.#isRemarkable(id) ? this.#remarked(version) : version;
  }

  /** A version as a row of the window. */
  row(id: string): ListedRow | undefined {
    const row = this.index.row(id);
    if (!row || !this.#isRemarkable(id)) return row;
    return withFindings(this.#doubts.apply(this.annotations.applyToRow(row)), this.weightsOf(id));
  }

  /** A listed version as JSON text without its braces; many times faster than the object. */
  textOf(listed: ListedVersion): string {
    return this.#remarkableText(listed) ?? this.index.textOf(listed);
  }

  /** The same in pieces, those that are at hand so as UTF-8; faster still. */
  piecesOf(listed: ListedVersion): [text: string | Uint8Array, after: string] {
    const text = this.#remarkableText(listed);
    return text === null ? this.index.piecesOf(listed) : [text, ''];
  }

  /** The records of versions that were listed without their texts, for those that are given to {@link textOf}: many at once; to be closed. */
  readTexts(): RecordTexts {
    return new RecordTexts(this.root, this.config);
  }

  listed(id: string): ListedVersion | undefined {
    return this.index.listed(id);
  }

  /** That it cannot be told what people noted of the versions; none where it can. */
  get markProblems(): Problem[] {
    return this.annotations.problems;
  }

  /** What people noted of the versions, by id. @throws ModelManagerError where that cannot be told */
  get marks(): ReadonlyMap<string, Mark> {
    return this.annotations.marks;
  }

  /** Whether the bytes of a version were read, and it is untouched since. */
  isRead(id: string): boolean {
    return Boolean(this.index.integrity(id)?.checked_at);
  }

  /** The SHA-256 of a version's bytes, on record or as they were read; null where neither is known. */
  bytesOf({ id, checksum }: ListedVersion): string | null {
    return checksum ?? this.index.foundOut(id)?.actual ?? null;
  }

  /** Whether a checkpoint was recognised in a version's file; null where nobody has looked into it, or that was not remembered. */
  isRecognised(id: string): boolean | null {
    const integrity = this.index.foundOut(id);
    if (integrity && isUnrecognised(integrity)) return false;
    return this.#doubts.isRecognised(id) ?? this.index.said.isRecognised(id, () => this.listed(id));
  }

  /** What measuring found in the weights of a version, as its files stand; null where nobody measured them. */
  weightsOf(id: string): WeightsFound | null {
    return weightsNow(this.verifications.get(id), () => this.listed(id)?.identity);
  }

  /** A version that must be there. @throws ModelNotFoundError */
  known(id: string): Version {
    const version = this.version(id);
    if (version) return version;
    throw new ModelNotFoundError(
      `no version ${escapeName(id)} — it is not in this run — list the versions again`,
    );
  }

  /** Why what the record of a version says cannot be believed, in words; null for nothing. Its sidecar is read again where that is asked for. */
  doubtOf(version: ListedVersion, again: boolean): string | null {
    return this.#doubts.of(version, again);
  }

  /** The text of a version of which more is known than the index holds. */
  #remarkableText(listed: ListedVersion): string | null {
    if (!this.#isRemarkable(listed.id)) return null;
    const version = JSON.parse(`{${this.index.textOf(listed)}}`) as Version;
    return JSON.stringify(this.#remarked(version)).slice(1, -1);
  }

  #remarked(version: Version): Version {
    return withFindings(this.#doubts.apply(this.annotations.apply(version)), this.weightsOf(version.id));
  }

  /** Whether anything is to be told of a version beyond what its files say. */
  #isRemarkable(id: string): boolean {
    const isNoted = this.annotations.has(id) || this.#doubts.has(id);
    return isNoted || this.isRecognised(id) === false || this.weightsOf(id) !== null;
  }

  /** Everything known of one version. @throws ModelNotFoundError */
  describe(id: string): VersionDescription {
    const described = describeVersion(this.known(id), this.places);
    return { ...described, metric_sources: [...this.index.originOf(id).sources] };
  }

  /** The sidecar of a version as it stands, every digit kept; null where there is none that can be read. */
  sidecarOf(id: string): JsonObject | null {
    return readSidecarOf(id, this.places);
  }

  /** The rewards of the episodes behind what other files measured as the reward of a version; null where they are not on record. */
  episodesOf(id: string): readonly number[] | null {
    return this.index.originOf(id).episodes;
  }

  /** Whether other files measured versions of it. */
  get isMeasured(): boolean {
    return this.index.isMeasured;
  }

  /** What tells the measurement behind a version's value of a metric, which counts for others too; null where it is its own. */
  measurementOf(id: string, metric: string): string | null {
    return this.index.measurementOf(id, metric);
  }

  /** Whether it is one version of the run, which was opened by itself. */
  get isOneFolder(): boolean {
    return onlyOf(this.config) !== undefined;
  }

  /** Whether anything says that a training wrote here: a version, a folder for them, or a config. */
  isRun(): boolean {
    return this.index.size > 0 || this.#isLaidOut();
  }

  /** The framework whose run this is taken for, as far as names and files that were read tell; null where nothing does. */
  get recognised(): RecognisedLayout | null {
    const recognised = recogniseRun(this.#written, readAsOf(this.config));
    // By one version alone it cannot be told which of all is that.
    return recognised && this.isOneFolder ? { ...recognised, best: null, last: null } : recognised;
  }

  /** What models that are saved without companions need of others. */
  lent(): Lent[] {
    return this.index.lent();
  }

  /** Whether anything in it is as this framework has it, as far as names and files that were read tell. @param layout its id */
  isAnythingOf(layout: string): boolean {
    return isAnythingOf(this.#written, layout);
  }

  get #written(): WrittenRun {
    const { root, index } = this;
    return { root, versions: () => index.all(), toldWriters: () => index.toldWriters() };
  }

  /** How the files of a run lie. */
  get layout(): RunLayout {
    return this.#isLaidOut() ? 'cairn' : 'files';
  }

  #isLaidOut(): boolean {
    return this.configSource !== null || hasRunFolder(this.root, this.config);
  }

  /** What is wrong with its folders and files, as it was seen last. */
  protected get found(): readonly Problem[] {
    return this.foundProblems;
  }
}

import { join } from 'node:path';
import { isIntactSoFar } from '../../../shared/model/integrity.ts';
import type { SelectionMetric } from '../../../shared/model/metric.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { RetentionCandidate } from '../../../shared/query/plan-retention.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { findLinked } from '../catalog/find-links.ts';
import { runFolders } from '../catalog/list-names.ts';
import { type ListedVersion, withMetric } from '../catalog/listed-version.ts';
import { isOneFile } from '../catalog/sets-in-folders.ts';
import { innerFolderOf } from '../catalog/version-folders.ts';
import { isYoung, tryLookAt } from '../files/file-identity.ts';
import { inTurns } from '../files/in-turns.ts';
import { hardLinked } from './hard-linked.ts';
import type { RetainedRun } from './retained-run.ts';
import { tellUnfinished } from './tell-unfinished.ts';
import { tellWanted } from './tell-wanted.ts';

/** What candidates for a plan are made of. */
interface Known {
  metric: SelectionMetric;
  linked: ReadonlySet<string>;
  doubtOf: (version: ListedVersion) => string | null;
  automatic: boolean;
  immovable?: ReadonlyMap<string, string>;
}

/** Links of a run, and the state of its folders when they were found. */
interface Linked {
  ids: ReadonlySet<string>;
  state: string;
}

/** Candidates by what was known when they were made, and the sizes of their models in the same order, as listed. */
interface Shown {
  candidates: readonly RetentionCandidate[];
  sizes: Float64Array;
}

/** The versions of a run, each with no more than the planner needs: there may be a hundred thousand. */
export class Candidates {
  readonly #run: RetainedRun;
  #linked: Linked | null = null;
  /** They go with the garbage once nobody's rules move: there may be a hundred thousand. */
  #shown: { shown: WeakRef<Shown>; known: readonly unknown[] } | null = null;

  constructor(run: RetainedRun) {
    this.#run = run;
  }

  /**
   * By what is known, at once.
   * @param automatic whether nobody asked for the plan: then what is broken is in doubt, but for what was torn a while ago, and so is what nothing tells the metric of
   */
  asKnown(
    versions: Iterable<ListedVersion>,
    metric: SelectionMetric,
    automatic: boolean,
  ): RetentionCandidate[] {
    const doubtOf = (version: ListedVersion) => this.#run.doubtOf(version, false);
    return this.#of(versions, { metric, linked: this.#linkedIds(), doubtOf, automatic });
  }

  /** {@link asKnown} for rules that move: the same, not to be changed, as long as nothing else is known of the run. */
  asShown(metric: SelectionMetric): Shown {
    const run = this.#run;
    // What is young enough to be still written to is so for minutes.
    const minute = Math.floor(Date.now() / 60_000);
    const known = [run.revision, run.marks, run.metric.name, metric.name, this.#linkedIds(), minute];
    const before = this.#shown?.known.every((each, at) => each === known[at])
      ? this.#shown.shown.deref()
      : null;
    if (before) return before;
    const versions = [...run.list()];
    const shown = {
      candidates: this.asKnown(versions, metric, false),
      sizes: Float64Array.from(versions, ({ size }) => size),
    };
    this.#shown = { shown: new WeakRef(shown), known };
    return shown;
  }

  /**
   * By what stands on the disk now: each record is read again where that is of use.
   * @param metric asked for last of all @param automatic as for {@link asKnown} @throws the signal's reason
   */
  async now(
    metric: () => SelectionMetric,
    automatic: boolean,
    immovable: ReadonlyMap<string, string>,
    signal: AbortSignal | undefined,
  ): Promise<RetentionCandidate[]> {
    const run = this.#run;
    const linked = findLinked(run.root, run.config);
    const doubts = new Map<string, string | null>();
    for await (const some of inTurns([...run.list()], signal))
      for (const version of some) doubts.set(version.id, run.doubtOf(version, true));
    // What was saved in between was not asked about.
    const doubtOf = (version: ListedVersion) =>
      doubts.has(version.id) ? (doubts.get(version.id) ?? null) : run.doubtOf(version, true);
    return this.#of(run.list(), { metric: metric(), linked, doubtOf, automatic, immovable });
  }

  #of(
    versions: Iterable<ListedVersion>,
    { metric, linked, doubtOf, automatic, immovable }: Known,
  ): RetentionCandidate[] {
    const run = this.#run;
    const wantedOf = tellWanted({ config: run.config, recognised: run.recognised, lent: run.lent() });
    const { isMeasured } = run;
    const isListed = metric.name === run.metric.name;
    const measured = (version: ListedVersion) =>
      isListed ? version.value : withMetric(version, metric.name).value;
    const all = [...versions];
    const bytesOf = (version: ListedVersion) => run.bytesOf(version);
    const sameFile = hardLinked(all, bytesOf, (id) => isOneFile(id, run.config));
    const heldBy = (version: ListedVersion) => bytesOf(version) ?? sameFile.get(version.id) ?? null;
    const measurementOf = (id: string) => (isMeasured ? run.measurementOf(id, metric.name) : null);
    const unfinishedOf = tellUnfinished(all, run.config);
    const untoldOf = tellUntold(all, metric.name, measured);
    const doubtOfBroken = (version: ListedVersion) =>
      automatic ? (doubtBroken(version) ?? untoldOf(version)) : null;
    const isLinked = (id: string) => linked.has(id) || linked.has(innerFolderOf(id, run.config) ?? '');
    return all.map((version) => {
      // Taken out once: a view decodes it each time.
      const { id } = version;
      return {
        id,
        kind: version.kind,
        number: version.number,
        value: measured(version),
        state: version.state,
        time: version.time,
        modifiedAt: version.modifiedAt,
        pinned: run.marks.get(id)?.pinned ?? false,
        step: version.step,
        linked: linked.size > 0 && isLinked(id),
        wanted: wantedOf(id),
        immovable: immovable?.get(id) ?? null,
        doubt: unfinishedOf(version) ?? doubtOf(version) ?? doubtOfBroken(version),
        bytes: heldBy(version),
        measurement: measurementOf(id),
        recognised: run.isRecognised(id),
        companions: version.companions,
      };
    });
  }

  /** Where links point to, as long as the run's folders are what they were: to find them every name of the run is read. */
  #linkedIds(): ReadonlySet<string> {
    const { root, config } = this.#run;
    const state = stateOfFolders(root, config);
    if (this.#linked?.state !== state) this.#linked = { ids: findLinked(root, config), state };
    return this.#linked.ids;
  }
}

/**
 * Why what is broken is not for a program to take away: the bytes of a mismatch may be whole, and what is torn may be on its way. That a process of
 * another user, container or machine writes to it, nothing else tells.
 */
function doubtBroken({ state, modifiedAt }: ListedVersion): string | null {
  if (state === 'mismatch') return 'mismatch';
  return state === 'torn' && isYoung({ mtimeMs: modifiedAt }) ? 'torn, and may still be written' : null;
}

/** How the doubt begins that {@link Candidates} has of what nothing tells the metric of. */
export const untold = 'it has no sidecar, and nothing else tells its';

/**
 * Why a model that has no sidecar, and no value from elsewhere, is not for a program to take away while others have one: a crash may have cost it its
 * sidecar, and missing is not the worst.
 */
function tellUntold(
  versions: readonly ListedVersion[],
  metric: string,
  measured: (version: ListedVersion) => number | null,
): (version: ListedVersion) => string | null {
  if (!versions.some((version) => Number.isFinite(measured(version)))) return () => null;
  const why = `${untold} ${escapeName(metric)}`;
  return (version) => {
    const isUntold = version.source !== 'sidecar' && measured(version) === null;
    return isUntold && isIntactSoFar(version.state) ? why : null;
  };
}

/** Which names stand in the folders of a run, as far as their times tell. */
function stateOfFolders(root: string, config: StorageConfig): string {
  const states = runFolders(config).map(({ path }) => {
    const look = tryLookAt(join(root, path));
    return look && 'ino' in look ? [look.ino, look.mtimeMs] : null;
  });
  return JSON.stringify(states);
}

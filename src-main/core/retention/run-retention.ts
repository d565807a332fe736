import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isIntactSoFar } from '../../../shared/model/integrity.ts';
import type { SelectionMetric } from '../../../shared/model/metric.ts';
import {
  planRetention,
  type RetentionPlan,
  type RetentionRules,
} from '../../../shared/query/plan-retention.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { filesOfVersions } from '../catalog/files-of-versions.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { ModelManagerError } from '../errors.ts';
import type { PoolOptions } from '../integrity/integrity-pool.ts';
import { putMarksAside, tellUnmoved } from '../marks/marks-aside.ts';
import { broughtBack } from '../operations/brought-back.ts';
import { ownFolder } from '../operations/operation.ts';
import type { Writing } from '../operations/write-run.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { tellFullDisk } from '../trash/tell-full-disk.ts';
import { assertRules } from './assert-rules.ts';
import { Candidates } from './candidates.ts';
import { type DiskGain, diskGain } from './disk-gain.ts';
import { findImmovable } from './find-immovable.ts';
import { metricsInstead } from './find-ranking.ts';
import { asListed, assertAsJudged, changed, type JudgedVersions } from './judged-versions.ts';
import { decisiveIn, type PruneSubject, planWithIntactSurvivors, removedBy } from './plan-with-survivors.ts';
import type { RetainedRun } from './retained-run.ts';

/**
 * What a prune would do; `bytes` is what the disk would gain once the trash is emptied, or the most it can be, `size` what the files hold that go.
 * `fingerprint` tells this plan, and the files it removes as they are, from any other.
 */
export interface PrunePlan extends RetentionPlan, DiskGain {
  fingerprint: string;
  /** What stays because a file of it cannot be moved, and why, by id. */
  immovable: ReadonlyMap<string, string>;
}

/** A plan by what is known without looking at files; `size` is that of the models that go, as the list has it. */
export interface SimulatedPlan extends RetentionPlan {
  size: number;
}

export interface Foreseen {
  mayPrune: boolean;
  refused: RetentionPlan['refused'];
}

/** How a person follows that survivors are read, and ends it. */
export interface SurvivorReading extends PoolOptions {
  onFound?: (files: number, bytes: number) => void;
  onFile?: () => void;
  /** Looks at the run as far as that may be otherwise by now; by default it is looked at whole each time. */
  look?: (signal?: AbortSignal) => Promise<void>;
}

export interface Pruned {
  plan: PrunePlan;
  /** The operation to undo; null when nothing had to go. */
  operation: string | null;
  /** What the files hold that went to the trash. */
  moved: number;
  /** Of what went by itself those that a person had brought back: the operation waits in the trash without limits for them. */
  returned: string[];
}

export interface PruneOptions {
  metric?: SelectionMetric;
  /** It follows a save: nobody asked for it. */
  automatic?: boolean;
  /** The plan that a person saw; any other is refused. */
  fingerprint?: string;
  reading?: SurvivorReading;
}

/** Decides by rules which versions of a run stay, and moves the others to its trash. */
export class RunRetention {
  readonly #run: RetainedRun;
  readonly #candidates: Candidates;

  constructor(run: RetainedRun) {
    this.#run = run;
    this.#candidates = new Candidates(run);
  }

  /** The run’s own rules: so many best models, of which 0 is no limit, and every checkpoint. */
  ownRules(): RetentionRules {
    return {
      keepBest: this.#run.config.max_best_models || null,
      keepLatest: null,
      keepEvery: null,
      kinds: 'best',
    };
  }

  /**
   * What pruning by these rules would do by what is known now: nothing is read.
   */
  simulate(rules: RetentionRules, metric: SelectionMetric = this.#run.settledMetric): SimulatedPlan {
    assertRules(rules);
    const { candidates, sizes } = this.#candidates.asShown(metric);
    const plan = planRetention(candidates, rules, metric);
    // Decisions are in the order of the candidates.
    const size = plan.decisions.reduce((sum, { keep }, index) => sum + (keep ? 0 : (sizes[index] ?? 0)), 0);
    return { ...plan, size };
  }

  /**
   * What pruning by these rules would do now; changes nothing, but reads the bytes of those that it relies on, and of copies of them. @throws the signal's reason, and ModelManagerError where
   * nothing tells which of them is the best, that must stay
   */
  async plan(
    rules: RetentionRules,
    metric?: SelectionMetric,
    reading: SurvivorReading = {},
    automatic = false,
  ): Promise<PrunePlan> {
    return (await this.#judge(rules, metric, reading, automatic)).plan;
  }

  /** {@link plan}, with what goes as it was when that was found. */
  async #judge(
    rules: RetentionRules,
    metric: SelectionMetric | undefined,
    reading: SurvivorReading = {},
    automatic = false,
  ): Promise<{ plan: PrunePlan; judged: JudgedVersions }> {
    assertRules(rules);
    const immovable = new Map<string, string>();
    const { signal } = reading;
    const isStepWanted = rules.keepEvery !== null;
    const subject = this.#subject(immovable, metric, automatic, { ...reading, isStepWanted });
    const plan = await planWithIntactSurvivors(subject, rules, signal);
    // At once: the list may follow the disk while anything is waited for.
    const judged = asListed(this.#run, removedBy(plan));
    const fingerprint = this.#fingerprint(judged);
    this.#assertRanked(plan, metric ?? this.#run.settledMetric, rules);
    const gain = await this.#gain(removedBy(plan), signal);
    return { plan: { ...plan, ...gain, fingerprint, immovable }, judged };
  }

  /**
   * Whether pruning by these rules by itself may do anything, and what it must leave: nothing while there are no more than they keep, so that what has no value to be
   * ranked by stays as long as there is a place. Reads what this relies on, or goes as a copy, and nobody has read yet: that takes its time, and counts while it is
   * not touched.
   */
  async foresee(rules: RetentionRules): Promise<Foreseen> {
    if (this.#isWithin(rules)) return { mayPrune: false, refused: [] };
    const versions = [...this.#run.list()];
    const candidates = this.#candidates.asKnown(versions, this.#run.settledMetric, true);
    const plan = planRetention(candidates, rules, this.#run.settledMetric);
    const { decisions, refused } = plan;
    if (decisions.every(({ keep }) => keep)) return { mayPrune: false, refused };
    const read = new Set(decisiveIn(plan, candidates));
    // What is known to be broken is not read for this: it may stay so for good.
    const isUnread = ({ id, state }: ListedVersion) =>
      read.has(id) && isIntactSoFar(state) && !this.#run.isRead(id);
    if (versions.some(isUnread)) await this.plan(rules, undefined, undefined, true);
    return { mayPrune: true, refused };
  }

  /**
   * Moves to the trash what the rules let go, once those that stay are known to be intact.
   * @throws ModelManagerError when the plan is not the one that was seen, or what is to go was written to since it was made
   */
  async prune(
    writing: Writing,
    rules: RetentionRules,
    { metric, automatic = false, fingerprint, reading }: PruneOptions = {},
  ): Promise<Pruned> {
    const { plan, judged } = await this.#judge(rules, metric, reading, automatic);
    if (fingerprint !== undefined && fingerprint !== plan.fingerprint) throw changed();
    const ids = removedBy(plan);
    if (ids.size === 0) return { plan, operation: null, moved: 0, returned: [] };
    const { disk, root, config } = writing;
    const back = automatic ? broughtBack(join(root, ownFolder)) : new Set();
    const returned = [...ids].filter((id) => back.has(id));
    const hasLimits = automatic && returned.length === 0;
    const draft = writing.newOperation('prune', automatic ? 'retention after a save' : 'prune', hasLimits);
    const doomed = filesOfVersions(root, config, ids);
    const { id, bytes } = await moveToTrash(writing, draft, doomed, () => assertAsJudged(this.#run, judged));
    const losing = Array.from(ids, (each) => ({
      id: each,
      checksum: this.#run.version(each)?.checksum ?? null,
    }));
    await putMarksAside({ disk, root }, losing, id).catch((error: unknown) =>
      writing.onNotice?.(tellUnmoved(error)),
    );
    if (!automatic) tellFullDisk(writing, id);
    return { plan, operation: id, moved: bytes, returned };
  }

  /**
   * @param immovable is given what turns out to be so
   * @param metric the one that was asked for; without it that of the run as it is by then
   */
  #subject(
    immovable: Map<string, string>,
    metric: SelectionMetric | undefined,
    automatic: boolean,
    {
      onFound,
      onFile,
      look = (ended) => this.#run.look(ended && { signal: ended }),
      isStepWanted,
      ...reading
    }: SurvivorReading & { isStepWanted: boolean },
  ): PruneSubject {
    const run = this.#run;
    const { root, config } = run;
    const { signal } = reading;
    return {
      candidates: async () => {
        await look(signal);
        // The rules go by what a person sees of the versions, in the window too, which reads these by itself.
        await run.readOwnRecords(undefined, signal && { signal });
        if (isStepWanted) await run.readSteps(undefined, signal && { signal });
        return this.#candidates.now(() => metric ?? run.settledMetric, automatic, immovable, signal);
      },
      metric: () => metric ?? run.settledMetric,
      tryToMove: async (ids) => {
        const found = await findImmovable(root, filesOfVersions(root, config, ids), signal);
        for (const [id, why] of found) immovable.set(id, why);
      },
      verify: async (ids) => {
        const unread = ids.filter((id) => !run.isRead(id));
        if (unread.length === 0) return;
        onFound?.(
          unread.length,
          unread.reduce((bytes, id) => bytes + (run.version(id)?.file_size_bytes ?? 0), 0),
        );
        await run.verify(unread, () => onFile?.(), reading);
      },
    };
  }

  async #gain(ids: ReadonlySet<string>, signal: AbortSignal | undefined): Promise<DiskGain> {
    if (ids.size === 0) return { bytes: 0, size: 0, atMost: false };
    const { root, config } = this.#run;
    const files = filesOfVersions(root, config, ids).flatMap((version) => version.files);
    return diskGain(
      files.map((file) => join(root, file)),
      await this.#run.clonedFiles(),
      signal,
    );
  }

  /** Whether the run has no more of the models that these rules may remove than they keep. */
  #isWithin({ keepBest, kinds }: RetentionRules): boolean {
    if (keepBest === null) return false;
    let count = 0;
    for (const { kind } of this.#run.list()) if (kinds === 'all' || kind === 'best') count += 1;
    return count <= keepBest;
  }

  /** Whether a version goes that may be the best. */
  #isWholeTaken(plan: RetentionPlan): boolean {
    const removed = removedBy(plan);
    for (const { id, state } of removed.size > 0 ? this.#run.list() : [])
      if (removed.has(id) && isIntactSoFar(state)) return true;
    return false;
  }

  /** Where nothing tells which version is the best, it cannot stay whatever the rules. @throws ModelManagerError */
  #assertRanked(plan: RetentionPlan, metric: SelectionMetric, rules: RetentionRules): void {
    const instead = this.#isWholeTaken(plan) ? metricsInstead(this.#run, metric, rules) : null;
    if (instead !== null) throw unranked(metric, instead);
  }

  #fingerprint(judged: JudgedVersions): string {
    const seen = Array.from(this.#run.list(), ({ id }) => {
      const identity = judged.get(id);
      return judged.has(id) ? [id, identity?.ino, identity?.size, identity?.mtimeMs] : [id];
    });
    seen.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
  }
}

function unranked({ name }: SelectionMetric, instead: readonly string[]): ModelManagerError {
  const others = instead.length > 0 ? `: ${instead.map((each) => escapeName(each)).join(', ')}` : '';
  return new ModelManagerError(
    `nothing was pruned — no version has a finite value of ${escapeName(name)}, which the best are told by — rank by another metric${others}`,
  );
}

import { join, relative, sep } from 'node:path';
import { type Disk, realDisk } from '../files/disk.ts';
import { diskInside } from '../files/disk-inside.ts';
import { explainError } from '../files/error-code.ts';
import { makeBookkeepingFolder } from '../files/run-bookkeeping.ts';
import { plural } from '../formats/plain-text.ts';
import type { ModelManager } from '../model-manager.ts';
import { ownFolder } from '../operations/operation.ts';
import { makeFolder } from '../operations/run-folders.ts';
import { assertOrder } from './assert-order.ts';
import { type EvaluationSettings, evaluateOnce } from './evaluate-once.ts';
import type { Evaluator } from './evaluator.ts';
import { findSubject, type Subject } from './find-subject.ts';
import type { RecordedEvaluations } from './record-evaluations.ts';
import { removeOldOutputs } from './remove-old-outputs.ts';
import { ResultsRecord, sha256 } from './results-record.ts';
import { evaluationOf, type FinishedRun, summariseRuns, type VersionResult } from './summarise-runs.ts';
import { sweepWorkplaces } from './workplace.ts';

/** What is to be measured, and how. */
export interface BenchmarkOrder {
  evaluator: Evaluator;
  ids: readonly string[];
  /** Each once. */
  seeds: readonly number[];
  episodes: number | null;
  /** So many evaluators run at once. */
  jobs: number;
  /** Of one run, in milliseconds, fewer than 2^31. */
  timeout: number;
  /** How often a run that fails is tried again. */
  retries: number;
  /** Whether what is on record is measured anew. */
  again: boolean;
  signal?: AbortSignal | undefined;
  /** Is given each run as it ends, and how many of how many there are by then. */
  onRun?: ((run: FinishedRun, done: number, all: number) => void) | undefined;
  /** Is told how far it is with reading, before anything is measured, what nobody verified yet; not called where that is nothing. */
  onVerify?: VerifyingFirst | undefined;
}

/** All in bytes: how many there are to read, those that were read since the last call, and that all are. */
export interface VerifyingFirst {
  expect: (bytes: number) => void;
  onBytes: (bytes: number) => void;
  onEnd: () => void;
}

/** A version, and why what was found is not in its sidecar; null where it is. */
export interface BenchmarkedVersion extends VersionResult {
  unrecorded: string | null;
}

/** `baseline` is the version that the others are compared with; `operation` takes back what went to sidecars, null where nothing did. */
export interface BenchmarkResult {
  versions: BenchmarkedVersion[];
  baseline: string | null;
  operation: string | null;
  /** Why nothing could be written to sidecars, though there was something to write and the run may be written to; null where nothing failed. */
  failure: string | null;
  /** What a person must know beside. */
  notices: string[];
}

/** What came of putting results into sidecars. */
type Recorded = Pick<RecordedEvaluations, 'unrecorded' | 'operation'> & Pick<BenchmarkResult, 'failure'>;

const folderName = 'benchmarks';

/**
 * Measures versions of a run with an evaluator, and puts what it found into their sidecars. Each run of the evaluator is on record in
 * `.cairn/benchmarks` as it ends, so that one that is done is not done again.
 */
export class BenchmarkRunner {
  readonly #manager: ModelManager;
  readonly #disk: Disk;

  /** @param disk for tests, which make it fail */
  constructor(manager: ModelManager, disk: Disk = realDisk) {
    this.#manager = manager;
    this.#disk = diskInside(disk, manager.root);
  }

  /**
   * @returns what came of each version; that runs failed is no error
   * @throws UsageError for an order that makes no sense; ModelNotFoundError; once nothing of the evaluators is left, the signal's reason, or what
   * `onRun` threw
   */
  async run(order: BenchmarkOrder): Promise<BenchmarkResult> {
    const { evaluator, ids, seeds, episodes, signal } = order;
    assertOrder(order);
    evaluator.assertFits(seeds.length, episodes);
    const subjects = await this.#subjects(order);
    const failed = new AbortController();
    const over = AbortSignal.any(signal ? [signal, failed.signal] : [failed.signal]);
    const { record, settings } = await this.#prepare({ ...order, signal: over });
    const tasks = subjects.flatMap((subject) => seeds.map((seed) => ({ subject, seed })));
    const runs: FinishedRun[] = [];
    await atOnce(order.jobs, tasks, async ({ subject, seed }) => {
      if (over.aborted) return;
      const run = await evaluateOnce(subject, seed, settings);
      runs.push(run);
      try {
        order.onRun?.(run, runs.length, tasks.length);
      } catch (error) {
        failed.abort(error);
      }
    });
    over.throwIfAborted();
    const { versions, baseline } = summariseRuns(ids, runs);
    const { unrecorded, operation, failure } = await this.#record(order, versions, subjects);
    const why = new Map(unrecorded.map((each) => [each.id, each.why]));
    const told = versions.map((version) => ({ ...version, unrecorded: why.get(version.id) ?? null }));
    return { versions: told, baseline, operation, failure, notices: tellDamaged(record) };
  }

  /** Which file is measured is told by its bytes: all are read by then. @throws the signal's reason */
  async #subjects({ ids, signal, onVerify }: BenchmarkOrder): Promise<Subject[]> {
    const manager = this.#manager;
    await this.#verifyUnread(ids, signal, onVerify);
    const subjects: Subject[] = [];
    for (const claim of manager.claims(ids))
      subjects.push(await findSubject(manager, this.#disk, claim, signal));
    return subjects;
  }

  async #verifyUnread(
    ids: readonly string[],
    signal: AbortSignal | undefined,
    onVerify: VerifyingFirst | undefined,
  ): Promise<void> {
    const manager = this.#manager;
    const unread = ids.filter((id) => !manager.isRead(manager.known(id).id));
    if (unread.length === 0) return;
    onVerify?.expect(unread.reduce((bytes, id) => bytes + (manager.listed(id)?.size ?? 0), 0));
    await manager.verify(unread, () => undefined, {
      ...(signal && { signal }),
      ...(onVerify && { onBytes: onVerify.onBytes }),
    });
    onVerify?.onEnd();
  }

  async #prepare(order: BenchmarkOrder): Promise<{ record: ResultsRecord; settings: EvaluationSettings }> {
    const { root, bookkeeping } = this.#manager;
    makeBookkeepingFolder(bookkeeping);
    await makeFolder(this.#disk, bookkeeping, `${folderName}/outputs`);
    const folder = join(bookkeeping, folderName);
    const record = await ResultsRecord.open(this.#disk, join(folder, 'results.jsonl'));
    const outputs = join(folder, 'outputs');
    await removeOldOutputs(this.#disk, outputs);
    await sweepWorkplaces();
    const nameOf = (path: string) => (this.#isWritable() ? relative(root, path).replaceAll(sep, '/') : path);
    return { record, settings: { ...order, record, root, outputs, nameOf, disk: this.#disk } };
  }

  /** A version of which a run failed is no better known than before: its sidecar stays as it is. */
  async #record(
    { evaluator, episodes }: BenchmarkOrder,
    versions: readonly VersionResult[],
    subjects: readonly Subject[],
  ): Promise<Recorded> {
    const none = { operation: null, failure: null };
    const failed = versions
      .filter(({ ok }) => !ok)
      .map(({ id }) => ({ id, why: 'not all of its runs succeeded' }));
    const good = versions.filter(({ ok }) => ok);
    if (!this.#isWritable())
      return {
        ...none,
        unrecorded: [...failed, ...good.map(({ id }) => ({ id, why: 'the run is read-only' }))],
      };
    const measured = new Map(subjects.map((subject) => [subject.claim.id, subject]));
    const evaluatorHash = sha256(evaluator.identity);
    const evaluations = good.map((version) => {
      const files = measured.get(version.id)?.files ?? new Map();
      return evaluationOf(version, { files, evaluator: evaluator.name, evaluatorHash, episodes });
    });
    if (evaluations.length === 0) return { ...none, unrecorded: failed };
    try {
      const { unrecorded, operation } = await this.#manager.recordEvaluations(evaluations);
      return { operation, failure: null, unrecorded: [...failed, ...unrecorded] };
    } catch (error) {
      // What was measured is worth telling all the same.
      const failure = explainError(error);
      const unrecorded = evaluations.map(({ id }) => ({ id, why: failure }));
      return { operation: null, failure, unrecorded: [...failed, ...unrecorded] };
    }
  }

  #isWritable(): boolean {
    const { root, bookkeeping } = this.#manager;
    return bookkeeping === join(root, ownFolder);
  }
}

function tellDamaged({ damaged }: ResultsRecord): string[] {
  if (damaged === 0) return [];
  return [`${plural(damaged, 'line')} of the results on record cannot be read: those runs are done again`];
}

/** Does this work, which never fails, for each item, so many at a time. */
async function atOnce<T>(many: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const turns = items.values();
  const takeTurns = async () => {
    for (const item of turns) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(many, items.length) }, takeTurns));
}

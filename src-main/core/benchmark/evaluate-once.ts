import { join } from 'node:path';
import type { Disk } from '../files/disk.ts';
import { explainError } from '../files/error-code.ts';
import type { EvaluationOrder, Evaluator } from './evaluator.ts';
import { changedMeanwhile, type Subject } from './find-subject.ts';
import { cancelled, JobFailure } from './job-failure.ts';
import type { Report } from './read-report.ts';
import { hashOf, type ResultsRecord, type RunResult } from './results-record.ts';
import { areUntouched, seeFiles } from './seen-files.ts';
import type { FinishedRun } from './summarise-runs.ts';

/** What all runs of a benchmark have in common. */
export interface EvaluationSettings {
  evaluator: Evaluator;
  episodes: number | null;
  /** Milliseconds. */
  timeout: number;
  retries: number;
  again: boolean;
  signal?: AbortSignal | undefined;
  record: ResultsRecord;
  disk: Disk;
  /** The folder of the run, absolute. */
  root: string;
  /** A folder for what evaluators print, absolute. */
  outputs: string;
  /** What a file there is called for people. */
  nameOf: (path: string) => string;
}

/** Measures a version with one seed, unless that is on record; never throws: whatever goes wrong is this run's failure. */
export async function evaluateOnce(
  subject: Subject,
  seed: number,
  settings: EvaluationSettings,
): Promise<FinishedRun> {
  const { evaluator, episodes, record, outputs, nameOf, root, timeout, signal, disk } = settings;
  const { id, path } = subject.claim;
  const key = { evaluator: evaluator.identity, checksum: subject.checksum, seed, episodes };
  // Versions of the same bytes may be measured at the same time.
  const output = join(outputs, hashOf({ ...key, checksum: `${key.checksum} ${id}` }).slice(0, 16));
  const run = { id, seed, output: evaluator.prints ? nameOf(output) : null };
  const known = settings.again || subject.fault !== null ? null : record.get(key);
  if (known) return { ...run, ...known, failure: null, reused: true };
  const started = performance.now();
  const order = {
    model: path,
    id,
    run: root,
    seed,
    episodes,
    timeout,
    signal,
    output,
    disk,
  };
  const end = () => ({
    at: new Date().toISOString(),
    seconds: Math.round(performance.now() - started) / 1000,
  });
  try {
    if (subject.fault !== null) throw new JobFailure(subject.fault);
    const report = await withRetries(subject, order, evaluator, settings.retries);
    const result: RunResult = { ...end(), report };
    await record.add(key, result).catch((error: unknown) => {
      throw new JobFailure(`its result cannot be put on record: ${explainError(error)}`);
    });
    return { ...run, ...result, failure: null, reused: false };
  } catch (error) {
    return { ...run, ...end(), report: null, failure: explainError(error), reused: false };
  }
}

async function withRetries(
  subject: Subject,
  order: EvaluationOrder,
  evaluator: Evaluator,
  left: number,
): Promise<Report> {
  try {
    return await evaluateSame(subject, order, evaluator);
  } catch (error) {
    if (order.signal?.aborted) throw cancelled();
    if (left === 0) throw error;
    return withRetries(subject, order, evaluator, left - 1);
  }
}

/** Trainers write over what is measured: then nobody knows what it was. */
async function evaluateSame(
  { claim, files }: Subject,
  order: EvaluationOrder,
  evaluator: Evaluator,
): Promise<Report> {
  const isSame = () => areUntouched(files, seeFiles(claim));
  const report = isSame() ? await evaluator.evaluate(order) : null;
  if (report && isSame()) return report;
  throw new JobFailure(changedMeanwhile);
}

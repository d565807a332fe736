import type { JsonObject } from '../../../shared/model/json.ts';
import type { Disk } from '../files/disk.ts';
import { explainError } from '../files/error-code.ts';
import { unlessAborted } from '../files/unless-aborted.ts';
import { cancelled, JobFailure, tooLate } from './job-failure.ts';
import { type Report, readReport } from './read-report.ts';

/** A version to evaluate once. */
export interface EvaluationOrder {
  /** The model's file, absolute. */
  model: string;
  id: string;
  /** The folder of the run, absolute. */
  run: string;
  seed: number;
  episodes: number | null;
  /** Milliseconds. */
  timeout: number;
  signal?: AbortSignal | undefined;
  /** Where a program's output is kept, see `JobOrder`. */
  output: string;
  disk: Disk;
}

/** What measures a version. */
export interface Evaluator {
  /** For people: the command. */
  name: string;
  /** Of evaluators that would find the same it is the same: what one of them found is not asked of another. */
  identity: string;
  /** Whether it prints anything that is kept. */
  prints: boolean;
  /** @throws UsageError where it would not know of so many seeds, or of the episodes that it is asked for */
  assertFits(seeds: number, episodes: number | null): void;
  /** @throws JobFailure */
  evaluate(order: EvaluationOrder): Promise<Report>;
}

/** What a function is given to evaluate a version; `signal` aborts when nobody waits for it any more. */
export type EvaluationCall = Pick<EvaluationOrder, 'model' | 'id' | 'run' | 'seed' | 'episodes'> & {
  signal: AbortSignal;
};

/**
 * A function as an evaluator; what it gives is what a program would print, see `evaluatorOutputSchema`.
 * @param name tells it from others: results on record count for any function of that name
 */
export function functionEvaluator(
  name: string,
  evaluate: (call: EvaluationCall) => Promise<JsonObject> | JsonObject,
): Evaluator {
  return {
    name,
    identity: JSON.stringify(['function', name]),
    prints: false,
    assertFits: () => undefined,
    evaluate: async ({ model, id, run, seed, episodes, timeout, signal }) => {
      const ask = (over: AbortSignal) => evaluate({ model, id, run, seed, episodes, signal: over });
      return readReport(await withinTime(timeout, signal, ask));
    },
  };
}

/** A function cannot be stopped: once this is over nobody listens to it. @throws JobFailure */
async function withinTime<T>(
  timeout: number,
  signal: AbortSignal | undefined,
  ask: (over: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const late = new AbortController();
  // It keeps the process alive, where nothing else does.
  const timer = setTimeout(() => late.abort(tooLate(timeout)), timeout);
  const over = AbortSignal.any(signal ? [late.signal, signal] : [late.signal]);
  try {
    return await unlessAborted(over, () => ask(over));
  } catch (error) {
    throw signal?.aborted ? cancelled() : asFailure(error);
  } finally {
    clearTimeout(timer);
  }
}

function asFailure(error: unknown): JobFailure {
  return error instanceof JobFailure ? error : new JobFailure(`it failed: ${explainError(error)}`);
}

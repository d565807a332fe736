import { z } from 'zod';
import { mostEvaluations } from '../model/benchmark.ts';
import { handle, run, versionHandle } from './handles.ts';

/** What a person typed into the window: it is never read from anywhere else. */
const command = z.string().max(10_000);
const seed = z.number().int().nonnegative();
const episodes = z.number().int().positive().nullable();
/** The words of a command as they are run, but for what stands for something. */
const words = z.array(z.string().max(20_000));

/** The requests about measuring versions with a person's own evaluator. */
export const benchmarkRequests = {
  /**
   * What becomes of a command, for this version and seed: `words` one by one, `first` the same as they are run first, `names` what it asks
   * for, `here` the folder where its files are looked for; the last three are text to show. `fault` says why it cannot be run, null where it can.
   * Episodes count where the command asks for them.
   */
  readEvaluator: {
    input: z.strictObject({
      runId: handle,
      version: versionHandle,
      command,
      seed,
      seedCount: z.number().int().positive(),
      episodes,
    }),
    output: z.strictObject({
      words,
      first: z.array(z.string()),
      names: z.array(z.string()),
      here: z.string(),
      fault: z.string().nullable(),
    }),
  },
  /**
   * Measures these versions, each part in its run: `Benchmarked`. One at a time in a run. `words` are those that the person was shown: nothing
   * else is run, and words that are new since Cairn was started are shown once more in a dialog that no page can answer; null where they are refused there.
   * `timeout` is seconds, of one run of the evaluator. Versions times seeds are `mostEvaluations` at most.
   */
  startBenchmark: {
    input: z
      .strictObject({
        parts: z
          .array(z.strictObject({ runId: handle, versions: z.array(versionHandle).min(1).max(1_000_000) }))
          .min(1)
          .max(1000),
        command,
        words: words.min(1).max(10_000),
        seeds: z.array(seed).min(1).max(10_000),
        episodes,
        jobs: z.number().int().min(1).max(256),
        timeout: z.number().int().min(1).max(2_000_000),
        retries: z.number().int().min(0).max(100),
        again: z.boolean(),
      })
      .refine(
        ({ parts, seeds }) =>
          parts.reduce((sum, { versions }) => sum + versions.length, 0) * seeds.length <= mostEvaluations,
      ),
    output: z.strictObject({ taskId: handle.nullable() }),
  },
  /** The last benchmark of a run in this window, as far as it is: `ShownBenchmark` as JSON text; null where there was none. */
  showBenchmark: { input: run, output: z.strictObject({ json: z.string().nullable() }) },
} as const;

/** What a benchmark came to: of how many versions a run succeeded, how many have it in their sidecars, and the operations to undo. */
export interface Benchmarked {
  measured: number;
  recorded: number;
  operations: { runId: string; operation: string }[];
}

/** A version while it is measured, and after. `failure` is the latest; `id` is text to show. */
export interface ShownSubject {
  runId: string;
  version: number;
  id: string;
  done: number;
  failed: number;
  failure: string | null;
  /** Of each metric the values, by seed; a number that is not finite is its name. */
  values: Record<string, [seed: number, value: number | 'NaN' | 'Infinity' | '-Infinity'][]>;
  /** Why it is not in the sidecar; null where it is, and while the benchmark goes on. */
  unrecorded: string | null;
}

/**
 * `message` says what ended it, where that was no success. `subjects` are the first `mostListed` until it is done, then all: how far it is
 * is asked many times. `sums` are of all of them; `done` and `failed` count evaluations.
 */
export interface ShownBenchmark {
  taskId: string;
  command: string;
  seeds: number[];
  state: 'running' | 'done' | 'cancelled' | 'failed';
  message: string | null;
  notices: string[];
  sums: { versions: number; done: number; failed: number };
  subjects: ShownSubject[];
}

export type BenchmarkStart = z.infer<(typeof benchmarkRequests)['startBenchmark']['input']>;

import type { WebContents } from 'electron';
import type { Benchmarked, BenchmarkStart, benchmarkRequests } from '../../shared/ipc/benchmark-contract.ts';
import { stringifyJson } from '../../shared/model/json.ts';
import { BenchmarkRunner } from '../core/benchmark/benchmark-runner.ts';
import { commandEvaluator, readCommand } from '../core/benchmark/command-evaluator.ts';
import type { Evaluator } from '../core/benchmark/evaluator.ts';
import { UsageError } from '../core/errors.ts';
import { OpenBenchmark } from './open-benchmark.ts';
import type { OpenRun } from './open-run.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';
import type { WorkTools } from './work.ts';

/**
 * What each request does that measures versions with an evaluator. The command comes from the request, which is what a person typed.
 * @param here the folder that the files of commands are looked for in, absolute
 */
export function createBenchmarkHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  here: string,
): Pick<Handlers, keyof typeof benchmarkRequests> {
  const benchmarks = new WeakMap<OpenRun, OpenBenchmark>();
  return {
    readEvaluator: ({ runId, version, command, seed, seedCount, episodes: given }, from) => {
      const { manager, handles } = sessionOf(from).run(runId);
      const id = handles.idOf(version);
      const unread = { words: [], first: [], names: [], here };
      const read = attempt(() => readCommand(command, here));
      if (typeof read === 'string') return { ...unread, fault: read };
      const episodes = read.names.has('episodes') ? given : null;
      const fit = attempt(() => read.assertFits(seedCount, episodes));
      const order = { model: manager.claims([id])[0]?.path ?? '', id, run: manager.root, seed, episodes };
      const { words, names } = read;
      return {
        words: [...words],
        first: read.wordsOf(order),
        names: [...names],
        here,
        fault: fit ?? null,
      };
    },
    startBenchmark: (start, from) => {
      const { runId, command, words, seeds } = start;
      const session = sessionOf(from);
      const run = session.run(runId);
      if (benchmarks.get(run)?.isRunning)
        throw new UsageError(
          'no other benchmark is begun — one of this run is under way — stop it, or wait until it is done',
        );
      const evaluator = commandEvaluator(command, here);
      assertShown(evaluator.words, words);
      const ids = start.versions.map((version) => [run.handles.idOf(version), version] as const);
      const benchmark = new OpenBenchmark(command, seeds, new Map(ids));
      const begun = session.start({ runId, kind: 'benchmark' }, (tools) =>
        measure(run, evaluator, start, benchmark, tools),
      );
      benchmark.taskId = begun.taskId;
      benchmarks.set(run, benchmark);
      return begun;
    },
    showBenchmark: ({ runId }, from) => {
      const benchmark = benchmarks.get(sessionOf(from).run(runId));
      return { json: benchmark ? stringifyJson(benchmark.show()) : null };
    },
  };
}

/** What it gives, or in words why it cannot. */
function attempt<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** Files came or went since: what is confirmed is what was shown. @throws UsageError */
function assertShown(words: readonly string[], shown: readonly string[]): void {
  const isShown = words.length === shown.length && words.every((word, index) => word === shown[index]);
  if (!isShown)
    throw new UsageError(
      'nothing was run — files that the command names came or went since it was shown — look at it again',
    );
}

async function measure(
  { manager }: OpenRun,
  evaluator: Evaluator,
  { seeds, episodes, jobs, timeout, retries, again }: BenchmarkStart,
  benchmark: OpenBenchmark,
  { signal, expect, onBytes, endBytes, onFile }: WorkTools,
): Promise<Benchmarked> {
  expect(0, benchmark.ids.length * seeds.length);
  try {
    const order = {
      evaluator,
      ids: benchmark.ids,
      seeds,
      episodes,
      jobs,
      timeout: timeout * 1000,
      retries,
      again,
      signal,
    };
    const result = await new BenchmarkRunner(manager).run({
      ...order,
      onRun: (run) => {
        benchmark.add(run);
        onFile(run.failure === null);
      },
      onVerify: { expect, onBytes, onEnd: endBytes },
    });
    benchmark.end(result);
    const { versions, operation } = result;
    const measured = versions.filter(({ runs }) => runs.some(({ failure }) => failure === null)).length;
    const recorded = versions.filter(({ unrecorded }) => unrecorded === null).length;
    return { measured, recorded, operation };
  } catch (error) {
    benchmark.stop(signal.aborted, error instanceof Error ? error.message : String(error));
    throw error;
  }
}

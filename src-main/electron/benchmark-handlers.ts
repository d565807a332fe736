import type { WebContents } from 'electron';
import type { Benchmarked, BenchmarkStart, benchmarkRequests } from '../../shared/ipc/benchmark-contract.ts';
import { stringifyJson } from '../../shared/model/json.ts';
import { commandEvaluator, readCommand } from '../core/benchmark/command-evaluator.ts';
import type { Evaluator } from '../core/benchmark/evaluator.ts';
import { UsageError } from '../core/errors.ts';
import type { ConfirmWords } from './confirm-words.ts';
import { OpenBenchmark } from './open-benchmark.ts';
import type { OpenRun } from './open-run.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';
import type { WorkTools } from './work.ts';

/**
 * What each request does that measures versions with an evaluator. The command comes from the request, which is what a person typed.
 * It is confirmed once more where no page can reach, since a page may send what nobody typed.
 * @param here the folder that the files of commands are looked for in, absolute
 */
export function createBenchmarkHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  here: string,
  confirm: ConfirmWords,
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
    startBenchmark: async (start, from) => {
      const session = sessionOf(from);
      const prepare = () => {
        const evaluator = commandEvaluator(start.command, here);
        assertShown(evaluator.words, start.words);
        const runs = start.parts.map(({ runId }) => session.run(runId));
        if (runs.some((run) => benchmarks.get(run)?.isRunning))
          throw new UsageError(
            'no other benchmark is begun — one of this run is under way — stop it, or wait until it is done',
          );
        return { evaluator, runs };
      };
      const { words } = prepare().evaluator;
      if (!(await confirm(from, words))) return { taskId: null };
      // A person may take their time: files, and runs, may be others by now.
      const { evaluator, runs } = prepare();
      const [first] = runs;
      if (!first) return { taskId: null };
      const parts = start.parts.map(({ runId, versions }) => ({
        runId,
        versions: new Map(versions.map((version) => [session.run(runId).handles.idOf(version), version])),
      }));
      const benchmark = new OpenBenchmark(start.command, start.seeds, parts);
      const measured = parts.map(({ versions }, index) => ({
        run: runs[index] as OpenRun,
        ids: [...versions.keys()],
      }));
      const begun = session.start(
        { runId: first.runId, kind: 'benchmark' },
        (tools) => measureAll(measured, evaluator, start, benchmark, tools),
        runs.map(({ runId }) => runId),
      );
      benchmark.taskId = begun.taskId;
      for (const run of runs) benchmarks.set(run, benchmark);
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

/** What is to be measured in a run. */
interface Measured {
  run: OpenRun;
  ids: readonly string[];
}

/** One run after the other: what goes on at once is asked for, and is of all of them. */
async function measureAll(
  parts: readonly Measured[],
  evaluator: Evaluator,
  start: BenchmarkStart,
  benchmark: OpenBenchmark,
  tools: WorkTools,
): Promise<Benchmarked> {
  tools.expect(0, benchmark.count * start.seeds.length);
  const sum: Benchmarked = { measured: 0, recorded: 0, operations: [] };
  try {
    for (const part of parts) await measureOne(part, evaluator, start, benchmark, tools, sum);
    benchmark.end();
    return sum;
  } catch (error) {
    benchmark.stop(tools.signal.aborted, error instanceof Error ? error.message : String(error));
    throw error;
  }
}

async function measureOne(
  { run: { runId, program }, ids }: Measured,
  evaluator: Evaluator,
  { seeds, episodes, jobs, timeout, retries, again }: BenchmarkStart,
  benchmark: OpenBenchmark,
  { signal, expect, onBytes, startPart, onFile }: WorkTools,
  sum: Benchmarked,
): Promise<void> {
  const result = await program.benchmark.run({
    ...{ evaluator, ids, seeds, episodes, jobs, timeout: timeout * 1000, retries, again, signal },
    onRun: (run) => {
      benchmark.add(runId, run);
      onFile(run.failure === null);
    },
    onVerify: { expect, onBytes, onEnd: startPart },
  });
  benchmark.note(runId, result);
  const { versions, operation } = result;
  sum.measured += versions.filter(({ runs }) => runs.some(({ failure }) => failure === null)).length;
  sum.recorded += versions.filter(({ unrecorded }) => unrecorded === null).length;
  if (operation !== null) sum.operations.push({ runId, operation });
}

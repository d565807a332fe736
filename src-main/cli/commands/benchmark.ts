import type { BenchmarkOutput } from '../../../shared/model/benchmark-output.ts';
import { stringifyJson } from '../../../shared/model/json.ts';
import type { BenchmarkResult, VerifyingFirst } from '../../core/benchmark/benchmark-runner.ts';
import { commandEvaluator } from '../../core/benchmark/command-evaluator.ts';
import type { FinishedRun } from '../../core/benchmark/summarise-runs.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import type { ModelManager } from '../../core/model-manager.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBenchmark } from '../print/benchmarked.ts';
import { formatBytes } from '../print/format-values.ts';
import { showProgress, writeOut } from '../print/write-out.ts';
import { stopInOrder } from '../stop-on-interrupt.ts';
import { loadProgram, openingOf, printNotice, type WritingOptions } from './load-run.ts';
import { resolveWord } from './resolve-word.ts';

/** `timeout` is seconds. */
export interface BenchmarkOptions extends WritingOptions {
  evaluator: string;
  episodes?: number;
  seeds: number[];
  jobs: number;
  timeout: number;
  retries: number;
  again?: boolean;
}

const interrupted =
  'the benchmark was stopped — it was interrupted — what is done is on record: run it again to go on';

/** `cairn benchmark`: versions measured by a person's own evaluator, several seeds each. */
export async function benchmark(
  folder: string,
  words: string[],
  options: BenchmarkOptions,
): Promise<ExitCode> {
  const signal = stopInOrder(interrupted);
  const evaluator = commandEvaluator(options.evaluator, process.cwd());
  if (evaluator.names.has('episodes') && options.episodes === undefined)
    throw new UsageError('the evaluator has {episodes} — nothing says how many — add --episodes N');
  const { manager, benchmark: runner } = await loadProgram(folder, openingOf(options));
  const result = await runner
    .run({
      evaluator,
      ids: await idsOf(manager, words),
      seeds: options.seeds,
      episodes: options.episodes ?? null,
      jobs: options.jobs,
      timeout: options.timeout * 1000,
      retries: options.retries,
      again: options.again ?? false,
      signal,
      onRun: (_, done, all) => showProgress(`${done} of ${all} runs`),
      onVerify: tellVerifying(),
    })
    .finally(() => showProgress(''));
  const unfound = tellUnfound(result, evaluator.unfound);
  for (const notice of [...result.notices, ...tellUnrecorded(result), ...unfound]) printNotice(notice);
  await writeOut(
    options.json
      ? [`${stringifyJson(outputOf(options.evaluator, result))}\n`]
      : formatBenchmark(result, manager.root),
  );
  if (result.failure !== null) return exitCodes.failed;
  return isSound(result) ? exitCodes.done : exitCodes.foundWrong;
}

/** A line on a terminal, while what nobody verified yet is read. */
function tellVerifying(): VerifyingFirst {
  let [read, all] = [0, 0];
  return {
    expect: (bytes) => {
      all = bytes;
    },
    onBytes: (bytes) => {
      read += bytes;
      showProgress(`${formatBytes(read)} of ${formatBytes(all)} verified`);
    },
    onEnd: () => showProgress(''),
  };
}

/** Those that are named, each once; without a name all that are there. */
async function idsOf(manager: ModelManager, words: readonly string[]): Promise<string[]> {
  if (words.length === 0)
    return [...manager.list()].flatMap(({ id, state }) => (state === 'missing' ? [] : [id])).sort();
  const ids: string[] = [];
  for (const word of words) ids.push(await resolveWord(manager, word));
  return [...new Set(ids)];
}

function isSound({ versions }: BenchmarkResult): boolean {
  return versions.every(({ ok }) => ok);
}

/** Where a run failed, the words of the command that may be why. */
function tellUnfound(result: BenchmarkResult, words: readonly string[]): string[] {
  if (isSound(result)) return [];
  const here = escapeName(process.cwd(), 400);
  return words.map(
    (word) =>
      `no file ${escapeName(word, 200)} is in ${here} — the evaluator got the word as it is — name its path, or give the command where it is`,
  );
}

function tellUnrecorded({ versions }: BenchmarkResult): string[] {
  return versions.flatMap(({ id, ok, unrecorded }) =>
    ok && unrecorded !== null
      ? [
          `${escapeName(id, 400)}: what was found is on record, but not in its sidecar: ${escapeName(unrecorded, 400)}`,
        ]
      : [],
  );
}

function outputOf(evaluator: string, { versions, baseline, operation }: BenchmarkResult): BenchmarkOutput {
  return {
    evaluator,
    versions: versions.map(({ runs, ...version }) => ({ ...version, runs: runs.map(runOf) })),
    baseline,
    operation,
  };
}

function runOf({
  seed,
  seconds,
  report,
  failure,
  reused,
  output,
}: FinishedRun): BenchmarkOutput['versions'][number]['runs'][number] {
  return { seed, seconds, metrics: report?.metrics ?? null, failure, reused, output };
}

import { nameOfVersion } from '../../../shared/model/name-of-version.ts';
import type { Problem } from '../../../shared/model/run.ts';
import type { RunsOutput, SummarisedRun } from '../../../shared/model/runs-output.ts';
import type { SettingsOfRuns } from '../../../shared/statistics/settings-of-runs.ts';
import { nameWithoutEnding } from '../../core/catalog/classify-name.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { parseFileName } from '../../core/catalog/parse-file-name.ts';
import { formatCount, formatNumber, plural } from '../../core/formats/plain-text.ts';
import type { DescribedRun } from '../../core/workspace/describe-run.ts';
import { type FindOptions, findRuns } from '../../core/workspace/find-runs.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatDifferences } from '../print/differences.ts';
import { formatBytes, formatTime } from '../print/format-values.ts';
import { warnOfUnseen } from '../print/problems.ts';
import { type Column, formatTable } from '../print/table.ts';
import { showProgress, writeOut } from '../print/write-out.ts';
import { stopOnInterrupt } from '../stop-on-interrupt.ts';

export interface RunsOptions {
  where: string[];
  differences?: boolean;
  json?: boolean;
}

const interrupted = 'the runs are not listed — it was interrupted — run it again to see all of them';

/** `cairn runs`: the runs below a folder. */
export async function runs(folder: string, { where, differences, json }: RunsOptions): Promise<ExitCode> {
  const isWanted = where.length === 0 ? () => true : (await import('./runs-where.ts')).runsWhere(where);
  const signal = stopOnInterrupt(interrupted);
  const described = new Map<string, DescribedRun>();
  const all = await search(folder, {
    signal,
    onRun: (run: DescribedRun) => described.set(run.path, run),
  });
  const wanted = all.runs.filter(({ path }) => isWanted(described.get(path) as DescribedRun));
  warn(all.problems);
  const compared = differences ? await compareWanted(all.root, wanted, described, signal) : undefined;
  const told = { ...all, runs: wanted, ...(compared ? { differences: compared } : {}) };
  await writeOut(json ? [`${JSON.stringify(told)}\n`] : formatText(all, told));
  return all.runs.length > 0 ? exitCodes.done : exitCodes.foundWrong;
}

async function compareWanted(
  root: string,
  wanted: readonly SummarisedRun[],
  described: ReadonlyMap<string, DescribedRun>,
  signal: AbortSignal,
): Promise<SettingsOfRuns> {
  const runs = wanted.flatMap(({ path }) => described.get(path) ?? []);
  return (await import('../../core/workspace/compare-runs.ts')).compareRuns(root, runs, signal);
}

async function search(folder: string, options: FindOptions): Promise<RunsOutput> {
  try {
    return await findRuns(folder, { ...options, onProgress: trackProgress() });
  } finally {
    showProgress('');
  }
}

/** Lines on stderr: of a folder that belongs to others there may be thousands. */
const mostTold = 20;

function warn(problems: readonly Problem[]): void {
  warnOfUnseen(problems.slice(0, mostTold));
  if (problems.length > mostTold)
    process.stderr.write(`not seen: ${formatCount(problems.length - mostTold)} more, which --json lists\n`);
}

/** In milliseconds: a terminal that is told of each of many folders holds up what finds them. */
const toldEvery = 100;

function trackProgress(): (folders: number, runs: number) => void {
  let toldAt = 0;
  return (folders, runs) => {
    if (Date.now() - toldAt < toldEvery) return;
    toldAt = Date.now();
    showProgress(`${plural(runs, 'run')} in ${plural(folders, 'folder')}`);
  };
}

function* formatText(
  { root, runs: all }: RunsOutput,
  { runs: wanted, differences }: RunsOutput,
): Generator<string> {
  if (wanted.length > 0) yield* formatTable(columnsFor(wanted), wanted);
  else yield all.length > 0 ? 'No run matches.\n' : 'No runs.\n';
  const count = wanted.length === all.length ? '' : `${formatCount(wanted.length)} of `;
  const versions = sum(wanted, (run) => run.versions);
  const bytes = formatBytes(sum(wanted, (run) => run.bytes));
  yield `\n${count}${plural(all.length, 'run')} below ${escapeName(root, 400)}: ${plural(versions, 'version')}, ${bytes}\n`;
  if (differences) yield* formatDifferences(differences);
}

function sum(runs: readonly SummarisedRun[], value: (run: SummarisedRun) => number): number {
  return runs.reduce((total, run) => total + value(run), 0);
}

/** What says something of few runs, and nothing of most, has a column where it does. */
function columnsFor(runs: readonly SummarisedRun[]): Column<SummarisedRun>[] {
  const isAny = ({ text }: Column<SummarisedRun>) => runs.some((run) => text(run) !== none);
  return [
    { title: 'VERSIONS', align: 'right', text: ({ versions }) => formatCount(versions) },
    { title: 'SIZE', align: 'right', text: ({ bytes }) => formatBytes(bytes) },
    { title: 'PROBLEMS', align: 'right', text: ({ problems }) => formatCount(problems) },
    ...[saving].filter(isAny),
    { title: 'BEST', text: ({ best }) => wordFor(best) },
    { title: 'VALUE', align: 'right', text: ({ best_value }) => formatNumber(best_value) },
    { title: 'BY', text: ({ metric: { name, mode } }) => `${name} ${mode}` },
    { title: 'LATEST', text: ({ latest }) => wordFor(latest) },
    { title: 'TIME', text: ({ latest_at }) => formatTime(latest_at) },
    { title: 'WRITTEN BY', text: ({ recognised }) => recognised?.name ?? none },
    { title: 'LAYOUT', text: ({ layout }) => layout },
    { title: 'RUN', text: ({ path }) => path },
    ...[asked].filter(isAny),
  ];
}

const none = '–';

/** Of its states this alone: problems are counted. */
const saving: Column<SummarisedRun> = {
  title: 'STATE',
  text: ({ state }) => (state.includes('saving') ? 'saving' : none),
};
const asked: Column<SummarisedRun> = {
  title: 'OVERRIDES',
  text: ({ overrides }) => overrides.join(', ') || none,
};

/** What `cairn show` takes for a version: its number, else its name. */
function wordFor(id: string | null): string {
  if (id === null) return none;
  const stem = nameWithoutEnding(nameOfVersion(id));
  const { version } = parseFileName(stem);
  return version === null ? stem : `v${version}`;
}

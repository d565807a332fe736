import { quoteWord } from '../../../shared/command/quote-word.ts';
import { metricOfBenchmark } from '../../../shared/model/benchmark.ts';
import { toNumber } from '../../../shared/model/json.ts';
import {
  directionOf,
  metricNames,
  metricValue,
  type SelectionMetric,
  whyNotConfigured,
} from '../../../shared/model/metric.ts';
import type { Version } from '../../../shared/model/version.ts';
import { nearestName } from '../../../shared/query/language/nearest-name.ts';
import { localClock } from '../../../shared/query/local-clock.ts';
import { parseTimestamp } from '../../../shared/query/parse-timestamp.ts';
import { compareNumbers, placeInTime, sortNewest } from '../../../shared/query/sort-versions.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import type { ListedVersion } from '../../core/catalog/listed-version.ts';
import { withoutReadAs } from '../../core/config/read-as.ts';
import { UsageError } from '../../core/errors.ts';
import { formatCount, formatNumber, plural } from '../../core/formats/plain-text.ts';
import type { RunReader } from '../../core/run-reader.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatCsv } from '../print/csv.ts';
import { formatBytes, formatTime } from '../print/format-values.ts';
import { formatProblems, warnOfUnseen } from '../print/problems.ts';
import { shownMetrics } from '../print/shown-metrics.ts';
import { type Column, formatTable } from '../print/table.ts';
import { writeOut } from '../print/write-out.ts';
import { badgeAsRecorded, readStepsAsked } from './badge-as-chosen.ts';
import { type LayoutOption, loadReader, readingAs, warnUnlike } from './load-reader.ts';

export interface LsOptions extends LayoutOption {
  kind: 'best' | 'checkpoint' | 'all';
  sort?: string;
  where: string[];
  limit?: number;
  check?: boolean;
  json?: boolean;
  csv?: boolean;
}

/** `cairn ls`: the versions of a run. */
export async function ls(folder: string, options: LsOptions): Promise<ExitCode> {
  const listFrom = await listerOf(options.where);
  const manager = await loadReader(folder, readingAs(options));
  await lookIntoFiles(manager, options);
  const all = listFrom(manager);
  const listed = all.filter(({ kind }) => options.kind === 'all' || kind === options.kind);
  const ordered = order(listed, manager, options.sort).slice(0, options.limit);
  warnOfUnseen(manager.blindSpots);
  warnUnlike(manager, options);
  const warnings = await warningsOf(manager, ordered, options.sort);
  const below = await (await import('../../core/workspace/runs-below.ts')).runsBelow(manager);
  if (!options.json) for (const warning of warnings) process.stderr.write(`note: ${warning}\n`);
  await writeOut(format(manager, ordered, { warnings, below }, options));
  return isNothingSeen(manager) ? exitCodes.foundWrong : exitCodes.done;
}

/** Whether nothing was found where not all was seen. */
function isNothingSeen(manager: RunReader): boolean {
  return manager.totals().count === 0 && manager.blindSpots.length > 0;
}

/** What is told beside the versions: of the metric that they are sorted by, and which runs are in folders below. */
interface Told {
  warnings: readonly string[];
  below: readonly string[];
}

/** As far as the list is made of what files say. */
async function lookIntoFiles(manager: RunReader, options: LsOptions): Promise<void> {
  if (options.check) return manager.checkStructures();
  await badgeAsRecorded(manager);
  if (isOfSteps(options)) await readStepsAsked(manager);
}

function isOfSteps({ sort = '', where }: LsOptions): boolean {
  return [sort, ...where].some((text) => /\bstep\b/i.test(text));
}

async function warningsOf(
  manager: RunReader,
  listed: readonly ListedVersion[],
  sort: string | undefined,
): Promise<string[]> {
  if (sort === undefined) return [];
  const { name, direction } = sortOf(manager, sort);
  if (metricOfBenchmark(name) === null) return [];
  const { warningsOfRanking } = await import('../../core/choices/measured-with.ts');
  const metric = { name, mode: direction === 'asc' ? 'min' : 'max' } as const;
  return warningsOfRanking([{ run: manager, versions: listed }], metric);
}

/** What gives the versions to list: of several queries all must hold. @throws UsageError for a query that cannot be understood */
async function listerOf(where: readonly string[]): Promise<(manager: RunReader) => ListedVersion[]> {
  if (where.length === 0) return (manager) => [...manager.list()];
  return (await import('./listed-where.ts')).listerWhere(where);
}

function format(
  manager: RunReader,
  listed: ListedVersion[],
  told: Told,
  options: LsOptions,
): Iterable<string | Uint8Array> {
  if (options.json) return formatJson(manager, listed, told);
  const versions = listed.flatMap(({ id }) => manager.version(id) ?? []);
  if (options.csv) return formatCsv(versions);
  return formatText(manager, versions, { ...told, limit: options.limit });
}

function* formatJson(
  manager: RunReader,
  listed: ListedVersion[],
  { warnings, below }: Told,
): Generator<string | Uint8Array> {
  yield `{"run":${JSON.stringify(manager.root)},"config":${JSON.stringify(withoutReadAs(manager.config))},"versions":[`;
  // As few pieces as there can be: each costs more than its bytes.
  let end = '';
  for (const version of listed) {
    const [text, after] = manager.piecesOf(version);
    yield end === '' ? '{' : `${end},\n{`;
    yield text;
    end = `${after}}`;
  }
  yield `${end}],"problems":${JSON.stringify(manager.problems)},"recognised":${JSON.stringify(manager.recognised)},"warnings":${JSON.stringify(warnings)},"runs_below":${JSON.stringify(below)}}\n`;
}

function* formatText(
  manager: RunReader,
  versions: Version[],
  { below, limit }: Told & { limit: number | undefined },
): Generator<string> {
  const { metric, problems } = manager;
  const { count: all } = manager.totals();
  yield* formatVersions(manager, versions, limit);
  const total = versions.reduce((bytes, version) => bytes + version.file_size_bytes, 0);
  const origin = originOf(manager);
  const count = versions.length === all ? '' : `${formatCount(versions.length)} of `;
  yield `\n${count}${plural(all, 'version')}, ${formatBytes(total)}; best by ${escapeName(metric.name)}, ${metric.mode}${origin}\n`;
  yield* formatRecognised(manager.recognised);
  yield* formatBelow(manager, below);
  yield* formatProblems(problems);
}

function* formatBelow({ root }: RunReader, [first, ...others]: readonly string[]): Generator<string> {
  if (first === undefined) return;
  const count = others.length === 0 ? '1 run is' : `${formatCount(others.length + 1)} runs are`;
  yield `${count} below, in ${escapeName(first, 400)}${others.length === 0 ? '' : ' and others'}: cairn runs ${escapeName(quoteWord(root, 'posix'), 400)}\n`;
}

function* formatRecognised(recognised: RunReader['recognised']): Generator<string> {
  if (!recognised) return;
  const { why, sureness, best, last, bests, lasts, finals, others = [] } = recognised;
  yield `${why} (${sureness})\n`;
  if (bests) yield `its own bests are ${listIds(bests)}\n`;
  else if (best !== null) yield `its own best is ${escapeName(best, 400)}\n`;
  if (lasts) yield `it goes on from each of ${listIds(lasts)}\n`;
  else if (last !== null) yield `it goes on from ${escapeName(last, 400)}\n`;
  if (finals) yield `training ended with ${listIds(finals)}\n`;
  for (const { name, keeps } of others) yield `it may be of ${name} too, which keeps ${listIds(keeps)}\n`;
}

const listIds = (ids: readonly string[]): string => ids.map((id) => escapeName(id, 400)).join(', ');

function originOf({ metric, recognised }: RunReader): string {
  const why = whyNotConfigured(metric);
  const origins: Record<SelectionMetric['source'], string> = {
    asked: '',
    chosen: ' (chosen for this run)',
    config: '',
    framework: ` (as ${frameworkOf(recognised)} chose${why === null ? '' : `: ${why}`})`,
    default: ` (default: ${why ?? 'the run configures none'})`,
  };
  return origins[metric.source];
}

/** One that a person chose to read the run by need not be the one that wrote it. */
function frameworkOf(recognised: RunReader['recognised']): string {
  return recognised === null || recognised.sureness === 'chosen' ? 'its framework' : recognised.name;
}

function formatVersions(manager: RunReader, versions: Version[], limit: number | undefined): string[] {
  if (versions.length > 0) return formatTable(columnsFor(manager, versions), versions);
  if (isNothingSeen(manager)) return ['No version could be seen.\n'];
  if (manager.totals().count === 0) return ['No versions.\n'];
  return [limit === 0 ? 'No version is listed, as --limit 0 asks.\n' : 'No version matches.\n'];
}

function columnsFor({ metric }: RunReader, versions: readonly Version[]): Column<Version>[] {
  return [
    { title: 'VERSION', text: ({ version }) => (version === null ? '–' : `v${version}`) },
    {
      title: '',
      text: ({ is_best, is_latest }) => [is_best && 'best', is_latest && 'latest'].filter(Boolean).join(' '),
    },
    { title: 'KIND', text: ({ kind }) => kind },
    ...shownMetrics(metric.name, versions).map(
      (name): Column<Version> => ({
        title: escapeName(name.toUpperCase(), 40),
        align: 'right',
        text: (version) => formatNumber(metricValue(version, name)),
      }),
    ),
    { title: 'STEP', align: 'right', text: ({ step }) => formatNumber(toNumber(step)) },
    { title: 'TIME', text: ({ timestamp }) => formatTime(timestamp) },
    { title: 'SIZE', align: 'right', text: ({ file_size_bytes }) => formatBytes(file_size_bytes) },
    { title: 'INTEGRITY', text: ({ integrity }) => integrity.state },
    { title: 'ID', text: ({ id }) => id },
  ];
}

const clock = localClock();
const fields = new Map<string, (version: Version) => number | null>([
  ['step', ({ step }) => toNumber(step)],
  ['episode', ({ episode }) => toNumber(episode)],
  ['size', ({ file_size_bytes }) => file_size_bytes],
  ['version', ({ version }) => version],
  ['time', ({ timestamp }) => placeInTime({ time: parseTimestamp(timestamp) }, clock)],
]);

/** The versions in the order asked for; by default, and where that leaves them equal, newest first. @throws UsageError for an unknown metric */
function order(versions: ListedVersion[], manager: RunReader, sort: string | undefined): ListedVersion[] {
  const listed = sortNewest(versions, clock);
  if (sort === undefined) return listed;
  const { name, direction } = sortOf(manager, sort);
  const field = fields.get(name);
  if (!field) assertMetric(manager.versions(), name);
  const value = field ?? ((version: Version) => metricValue(version, name));
  const measured = listed.map((each) => {
    const version = manager.version(each.id);
    return { each, value: version ? value(version) : null };
  });
  return measured.sort((a, b) => compareNumbers(a.value, b.value, direction)).map(({ each }) => each);
}

function sortOf(manager: RunReader, sort: string): { name: string; direction: 'asc' | 'desc' } {
  const [, name = '', given] = /^(.*?)(?::(asc|desc))?$/.exec(sort) ?? [];
  return { name, direction: given === 'asc' || given === 'desc' ? given : bestFirst(manager, name) };
}

/** Of what is no metric the largest comes first. */
function bestFirst(manager: RunReader, name: string): 'asc' | 'desc' {
  return !fields.has(name) && directionOf(name, manager) === 'min' ? 'asc' : 'desc';
}

/** So many of a run's metrics are named. */
const mostNamed = 30;

/** @throws UsageError with the metrics there are */
export function assertMetric(versions: readonly Version[], name: string): void {
  const names = [...new Set(['reward', 'mean_reward', ...metricNames(versions)])].sort();
  if (names.includes(name)) return;
  const there = names.slice(0, mostNamed).map((each) => escapeName(each));
  const more = names.length > mostNamed ? ` and ${formatCount(names.length - mostNamed)} more` : '';
  const nearest = nearestName(name, names);
  const advice = nearest === null ? 'name one of them' : `did you mean “${escapeName(nearest)}”?`;
  throw new UsageError(
    `unknown metric “${escapeName(name)}” — this run has ${there.join(', ')}${more} — ${advice}`,
  );
}

import { stringifyJson } from '../../../shared/model/json.ts';
import { metricNames, metricValue } from '../../../shared/model/metric.ts';
import type { Version } from '../../../shared/model/version.ts';
import { compareNumbers, compareVersions, sortByMetric } from '../../../shared/query/sort-versions.ts';
import { UsageError } from '../../core/errors.ts';
import type { ModelManager } from '../../core/model-manager.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatCsv } from '../print/csv.ts';
import { formatBytes, formatNumber } from '../print/format-values.ts';
import { type Column, formatTable } from '../print/table.ts';
import { writeOut } from '../print/write-out.ts';
import { loadRun } from './load-run.ts';

export interface LsOptions {
  kind: 'best' | 'checkpoint' | 'all';
  sort?: string;
  limit?: number;
  check?: boolean;
  json?: boolean;
  csv?: boolean;
}

/** `cairn ls`: the versions of a run. */
export async function ls(folder: string, options: LsOptions): Promise<ExitCode> {
  const manager = await loadRun(folder);
  if (options.check) await manager.checkStructures();
  const all = manager.versions();
  const kept = all.filter(({ kind }) => options.kind === 'all' || kind === options.kind);
  const versions = sortVersions(kept, all, manager, options.sort).slice(0, options.limit);
  await writeOut(format(manager, versions, options));
  return exitCodes.done;
}

function format(manager: ModelManager, versions: Version[], options: LsOptions): Iterable<string> {
  if (options.json) return formatJson(manager, versions);
  if (options.csv) return formatCsv(versions);
  return formatText(manager, versions);
}

function* formatJson({ root, config, problems }: ModelManager, versions: Version[]): Generator<string> {
  yield `{"run":${JSON.stringify(root)},"config":${JSON.stringify(config)},"versions":[`;
  for (const [index, version] of versions.entries())
    yield `${index === 0 ? '' : ',\n'}${stringifyJson(version)}`;
  yield `],"problems":${JSON.stringify(problems)}}\n`;
}

function* formatText(manager: ModelManager, versions: Version[]): Generator<string> {
  const { metric, problems } = manager;
  if (versions.length === 0) yield 'No versions.\n';
  else yield* formatTable(columnsFor(manager), versions);
  const total = versions.reduce((bytes, version) => bytes + version.file_size_bytes, 0);
  const origin = metric.source === 'default' ? ' (default: the run configures none)' : '';
  yield `\n${versions.length} versions, ${formatBytes(total)}; best by ${metric.name}, ${metric.mode}${origin}\n`;
  if (problems.length > 0) yield `\nProblems\n`;
  for (const { path, problem } of problems) yield `  ${path}: ${problem}\n`;
}

function columnsFor({ metric }: ModelManager): Column<Version>[] {
  const names = [
    ...new Set(['reward', metric.name === 'mean_reward' ? 'reward' : metric.name, 'sharpe', 'win_rate']),
  ];
  return [
    { title: 'VERSION', text: ({ version }) => (version === null ? '–' : `v${version}`) },
    {
      title: '',
      text: ({ is_best, is_latest }) => [is_best && 'best', is_latest && 'latest'].filter(Boolean).join(' '),
    },
    { title: 'KIND', text: ({ kind }) => kind },
    ...names.map(
      (name): Column<Version> => ({
        title: name.toUpperCase(),
        align: 'right',
        text: (version) => formatNumber(metricValue(version, name)),
      }),
    ),
    { title: 'STEP', align: 'right', text: ({ step }) => formatNumber(step) },
    { title: 'TIME', text: ({ timestamp }) => timestamp ?? '–' },
    { title: 'SIZE', align: 'right', text: ({ file_size_bytes }) => formatBytes(file_size_bytes) },
    { title: 'INTEGRITY', text: ({ integrity }) => integrity.state },
    { title: 'ID', text: ({ id }) => id },
  ];
}

const fields = new Map<string, (version: Version) => number | null>([
  ['step', ({ step }) => step],
  ['episode', ({ episode }) => episode],
  ['size', ({ file_size_bytes }) => file_size_bytes],
  ['version', ({ version }) => version],
]);

function sortVersions(
  versions: Version[],
  all: Version[],
  manager: ModelManager,
  sort: string | undefined,
): Version[] {
  if (sort === undefined) return versions.sort(compareVersions);
  const [, name = '', given] = /^(.*?)(?::(asc|desc))?$/.exec(sort) ?? [];
  const direction =
    given === 'asc' || given === 'desc'
      ? given
      : name === manager.metric.name && manager.metric.mode === 'min'
        ? 'asc'
        : 'desc';
  const field = fields.get(name);
  if (field)
    return versions.sort((a, b) => compareNumbers(field(a), field(b), direction) || compareVersions(a, b));
  assertMetric(all, name);
  return sortByMetric(versions, name, direction);
}

/** @throws UsageError with the metrics there are */
export function assertMetric(versions: readonly Version[], name: string): void {
  const names = [...new Set(['reward', 'mean_reward', ...metricNames(versions)])];
  if (names.includes(name)) return;
  throw new UsageError(
    `unknown metric “${name}” — this run has ${names.sort().join(', ')} — name one of them`,
  );
}

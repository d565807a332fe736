import { resolve } from 'node:path';
import { equivalentCommand } from '../../../shared/command/equivalent-command.ts';
import type { SeedSummary } from '../../../shared/statistics/seeds.ts';
import type { BenchmarkResult } from '../../core/benchmark/benchmark-runner.ts';
import type { FinishedRun } from '../../core/benchmark/summarise-runs.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { lookAt } from '../../core/files/file-identity.ts';
import { formatCount, plural } from '../../core/formats/plain-text.ts';
import { formatMeasure } from './format-values.ts';
import { type Column, formatTable } from './table.ts';

/** A metric of a version. */
interface Row {
  id: string;
  name: string;
  summary: SeedSummary;
  difference: SeedSummary | undefined;
}

const columns: readonly Column<Row>[] = [
  { title: 'VERSION', text: ({ id }) => id },
  { title: 'METRIC', text: ({ name }) => name },
  { title: 'MEAN', align: 'right', text: ({ summary }) => formatMeasure(summary.mean) },
  { title: 'STD', align: 'right', text: ({ summary }) => formatMeasure(summary.std) },
  { title: '95%', align: 'right', text: ({ summary }) => formatInterval(summary) },
  { title: 'SEEDS', align: 'right', text: ({ summary }) => `${summary.n}` },
  { title: 'DIFFERENCE', align: 'right', text: ({ difference }) => formatDifference(difference) },
];

/** What a benchmark found: a line for each metric of each version, what failed, and how to take it back. */
export function formatBenchmark({ versions, baseline, operation }: BenchmarkResult, root: string): string[] {
  const isCompared = versions.some(({ difference }) => difference !== null);
  const rows = versions.flatMap(rowsOf);
  return [
    ...(rows.length > 0 ? formatTable(columns, rows) : []),
    ...(isCompared
      ? [`\nDifferences are to ${escapeName(baseline ?? '', 400)}, seed by seed, with their 95% interval.\n`]
      : []),
    ...versions.flatMap(({ runs }) => runs.flatMap((run) => tellFailure(run, root))),
    ...tellReused(versions.flatMap(({ runs }) => runs)),
    ...(operation === null
      ? []
      : [`\nTaken back by: ${equivalentCommand({ command: 'undo', words: [root, operation] }, 'posix')}\n`]),
  ];
}

function tellReused(runs: readonly FinishedRun[]): string[] {
  const count = runs.filter(({ reused }) => reused).length;
  if (count === 0) return [];
  const of =
    count === runs.length ? plural(count, 'run') : `${formatCount(count)} of ${plural(runs.length, 'run')}`;
  return [`\n${of} ${count === 1 ? 'was' : 'were'} on record and not done again; --again measures anew.\n`];
}

function rowsOf({ id, metrics, difference }: BenchmarkResult['versions'][number]): Row[] {
  return Object.entries(metrics).map(([name, summary]) => ({
    id,
    name,
    summary,
    difference: difference?.[name],
  }));
}

function formatInterval({ ci95 }: SeedSummary): string {
  return ci95 ? ci95.map(formatMeasure).join(' … ') : '–';
}

function formatDifference(difference: SeedSummary | undefined): string {
  if (!difference) return '';
  const interval = difference.ci95 ? ` (${formatInterval(difference)})` : '';
  return `${difference.mean > 0 ? '+' : ''}${formatMeasure(difference.mean)}${interval}`;
}

function tellFailure({ id, seed, failure, output }: FinishedRun, root: string): string[] {
  if (failure === null) return [];
  const where = output === null ? '' : whereToLook(output, root);
  return [`failed  ${escapeName(id, 400)}  seed ${seed}: ${escapeName(failure, 600)}${where}\n`];
}

/** Of the files of what it printed those that say something; there are none of one that never ran. */
function whereToLook(output: string, root: string): string {
  const sizeOf = (ending: string) => lookAt(resolve(root, output + ending))?.size;
  const endings = ['.stdout', '.stderr'].filter((ending) => sizeOf(ending) !== undefined);
  if (endings.length === 0) return '';
  const telling = endings.filter((ending) => sizeOf(ending) !== 0);
  const where = telling.length === 0 ? 'it printed nothing' : escapeName(output, 400) + telling.join(' and ');
  return ` (${where})`;
}

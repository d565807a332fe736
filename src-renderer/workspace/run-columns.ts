import { localClock } from '../../shared/query/local-clock.ts';
import { parseTimestamp } from '../../shared/query/parse-timestamp.ts';
import { placeInTime } from '../../shared/query/sort-versions.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { formatMetric } from '../format/format-metric.ts';
import { exactNumber, formatCount, missing } from '../format/format-number.ts';
import { exactTimestamp, formatTimestamp, timeWidth } from '../format/format-time.ts';
import { visibleText } from '../format/visible-text.ts';
import { labelKeyOf } from './label-key.ts';
import type { LabelledRun } from './label-runs.ts';
import { latestLabel, rankingWords, stateLabel } from './run-words.ts';

/** A column of the table of runs. */
export interface RunColumn {
  id: string;
  label: string;
  align: 'left' | 'right';
  /** As CSS grid tracks have it. */
  width: string;
  /** What it sorts by: all numbers, or all texts in their plain order; null comes last either way. */
  sort: (run: LabelledRun) => number | string | null;
  text: (run: LabelledRun) => string;
  title: (run: LabelledRun) => string;
}

const clock = localClock();

export const runColumns: readonly RunColumn[] = [
  {
    id: 'run',
    label: 'Run',
    align: 'left',
    width: 'minmax(170px, 1.2fr)',
    sort: labelKeyOf,
    text: ({ label }) => label,
    title: ({ overrides, path }) => [...overrides, path].map(visibleText).join('\n'),
  },
  {
    id: 'best',
    label: 'Best',
    align: 'right',
    width: 'minmax(170px, 0.7fr)',
    sort: ({ bestValue }) => bestValue,
    text: ({ bestValue, metric }) => formatMetric(metric.name, bestValue, true),
    title: (run) =>
      run.best === null
        ? `No version has a value for ${rankingWords(run)}`
        : `${rankingWords(run)} of ${visibleText(run.best)}: ${exactNumber(run.bestValue)}`,
  },
  {
    id: 'latest',
    label: 'Latest',
    align: 'left',
    width: 'minmax(72px, 0.5fr)',
    sort: ({ latestVersion }) => latestVersion,
    text: latestLabel,
    title: ({ latest }) => (latest === null ? 'No version yet' : visibleText(latest)),
  },
  {
    id: 'versions',
    label: 'Versions',
    align: 'right',
    width: '86px',
    sort: ({ versions }) => versions,
    text: ({ versions }) => formatCount(versions),
    title: ({ versions }) => exactNumber(versions),
  },
  {
    id: 'size',
    label: 'Size',
    align: 'right',
    width: '92px',
    sort: ({ bytes }) => bytes,
    text: ({ bytes }) => formatBytes(bytes),
    title: ({ bytes }) => exactBytes(bytes),
  },
  {
    id: 'writtenBy',
    label: 'Written by',
    align: 'left',
    width: 'minmax(100px, 0.5fr)',
    sort: ({ recognised }) => recognised?.name ?? null,
    text: ({ recognised }) => recognised?.name ?? missing,
    title: ({ recognised }) =>
      recognised?.why ?? 'No framework is recognised: as the reference lays runs out',
  },
  {
    id: 'state',
    label: 'State',
    align: 'left',
    width: '104px',
    sort: ({ isWriting, problems }) => (isWriting ? 1 : 0) * 1e9 + problems,
    text: stateLabel,
    title: ({ isWriting }) =>
      isWriting
        ? 'A program was writing a version of it when it was looked at'
        : 'As it was when it was looked at',
  },
  {
    id: 'time',
    label: 'Newest',
    align: 'left',
    width: `${timeWidth('minute') + 26}px`,
    sort: ({ latestAt }) => placeInTime({ time: parseTimestamp(latestAt) }, clock),
    text: ({ latestAt }) => (latestAt === null ? missing : formatTimestamp(latestAt, 'minute')),
    title: ({ latestAt }) => (latestAt === null ? 'No time on record' : exactTimestamp(latestAt)),
  },
];

/** Columns that say something of few runs, and nothing of most. */
const rarelyFilled: ReadonlySet<string> = new Set(['writtenBy', 'state']);

/** Those that there is anything in; the one that runs are sorted by stays. */
export function filledColumns(runs: Iterable<LabelledRun>, sortedBy: string): readonly RunColumn[] {
  const empty = new Set(rarelyFilled);
  empty.delete(sortedBy);
  for (const run of runs) {
    if (empty.size === 0) return runColumns;
    for (const id of empty) if (runColumn(id).text(run) !== missing) empty.delete(id);
  }
  return runColumns.filter(({ id }) => !empty.has(id));
}

/** The column of that id; the first where there is none. */
export function runColumn(id: string): RunColumn {
  return runColumns.find((column) => column.id === id) ?? (runColumns[0] as RunColumn);
}

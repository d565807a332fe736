import {
  type Direction,
  isRewardName,
  measuredValue,
  metricReader,
  type SelectionMetric,
} from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { formatMetric, shortMetric } from '../format/format-metric.ts';
import { exactNumber, formatCount, formatNumber, missing, shortNumber } from '../format/format-number.ts';
import { exactTimestamp, formatTimestamp, timeWidth } from '../format/format-time.ts';
import { kindLabel, versionLabel } from '../format/format-version.ts';
import { metricLabels } from '../format/metric-label.ts';
import { visibleText } from '../format/visible-text.ts';
import { timeOf } from '../versions/default-order.ts';
import type { MetricInfo, Progress } from '../versions/metric-catalog.ts';
import type { ShowNumber } from '../versions/number-ranges.ts';
import type { SortValue } from '../versions/sort-keys.ts';
import { firstMetrics } from './first-metrics.ts';
import { integrityRank, integritySentence, integrityWord } from './integrity-words.ts';
import { metricWords } from './ranking-words.ts';

/** A column of the table: what it says of a row, how it sorts, how it looks until the user changes it. */
export interface TableColumn {
  id: string;
  label: string;
  /** What the files of the run call it; null for what is no metric. */
  writtenAs: string | null;
  align: 'left' | 'right';
  /** Pixels. */
  width: number;
  shown: boolean;
  /** Its place among those that tell which version to take; null for what gives way to them where there is little room. */
  deciding: number | null;
  /** Whether it is the metric that ranks the versions of a run. */
  ranks: boolean;
  /** Which of its ends is the better one; null where nothing tells. */
  better: Direction | null;
  sort: SortValue;
  text: (row: VersionRow) => string;
  title: (row: VersionRow) => string;
  /** The number it has of a row, how such numbers are shown, and how they name a group; null for a column of no numbers. */
  amount: {
    of: (row: VersionRow) => number | null;
    show: (value: number) => string;
    inGroup: Omit<ShowNumber, 'label'>;
  } | null;
}

/** As wide as `−1.000e+300`: a number whose exponent is cut is another number. */
const exponentWidth = 118;
const plain = { shown: true, deciding: null, ranks: false, better: null };
const plainNumber = { short: shortNumber, exact: shortNumber };

/** What is known of the runs that a table shows. */
interface KnownOfRuns {
  /** What the run of a version is called, in a table of several; null in that of one. */
  runOf: ((row: VersionRow) => string) | null;
  /** Which end of a metric is the better one; null where nothing tells. */
  betterEnd: (metric: string) => Direction | null;
  /** Whether some version has a reward. */
  hasReward: boolean;
  /** Whether one is written with an exponent. */
  isRewardLong: boolean;
  /** What no version has. */
  lacking: ReadonlySet<Progress>;
}

const nothingKnown: KnownOfRuns = {
  runOf: null,
  betterEnd: () => null,
  hasReward: true,
  isRewardLong: false,
  lacking: new Set(),
};

/**
 * The columns of a table, in their first order: what a version is, whether it is whole, its metrics, its progress, its file.
 * @param selections what ranks the runs that it shows
 */
export function buildColumns(
  metrics: readonly MetricInfo[],
  selections: readonly SelectionMetric[],
  known: Partial<KnownOfRuns> = {},
): TableColumn[] {
  const { runOf, betterEnd, hasReward, isRewardLong, lacking } = { ...nothingKnown, ...known };
  const ranking = selections.map(columnOfMetric);
  const deciding = [...new Set(['version', 'run', ...ranking, 'integrity', 'finding', 'reward'])];
  const columns = [
    versionColumn(selections, runOf !== null),
    ...(runOf ? [text('run', 'Run', 150, runOf)] : []),
    pinnedColumn,
    integrityColumn,
    { ...text('finding', 'Finding', 420, findingOf), shown: false },
    text('kind', 'Kind', 94, (row) => kindLabel(row.kind)),
    { ...text('symbol', 'Symbol', 94, (row) => row.symbol && visibleText(row.symbol)), shown: false },
    {
      ...measured('reward', 'Reward', { fractional: true, exponent: isRewardLong }, (row) =>
        measuredValue(row, 'reward'),
      ),
      // Where other things were measured a column of dashes tells nothing.
      shown: hasReward || metrics.length === 0,
    },
    ...metricColumns(metrics, selections),
    { ...counted('step', 'Step', (row) => row.step), shown: !lacking.has('step') },
    { ...counted('episode', 'Episode', (row) => row.episode), shown: !lacking.has('episode') },
    { ...timeColumn, shown: !lacking.has('timestamp') },
    sizeColumn,
    checksumColumn,
    counted('backups', 'Backups', (row) => row.backups),
    text('tags', 'Tags', 150, tagsOf),
    text('notes', 'Notes', 220, (row) => row.notes && visibleText(row.notes)),
    { ...text('file', 'File', 320, (row) => visibleText(row.id)), shown: false },
  ];
  return columns.map((column) => {
    const place = deciding.indexOf(column.id);
    const ranks = ranking.includes(column.id);
    const metric = column.id === 'reward' ? 'reward' : metricOfColumn(column.id);
    return {
      ...column,
      deciding: place < 0 ? null : place,
      ranks,
      // It stands out, which takes room.
      width: column.width + (ranks ? 12 : 0),
      better: metric === null ? null : betterEnd(metric),
    };
  });
}

/** What is wrong with a version, in sentences: its bytes first, then its record. */
export function findingOf(row: VersionRow): string | null {
  const sentences = new Set([row.integrity.detail, ...row.problems].filter((sentence) => sentence !== null));
  return sentences.size === 0 ? null : [...sentences].map(visibleText).join(' · ');
}

const metricPrefix = 'metric:';

/** The metric that a column shows, by its id; null for a column of anything else. */
export function metricOfColumn(id: string): string | null {
  return id.startsWith(metricPrefix) ? id.slice(metricPrefix.length) : null;
}

function columnOfMetric({ name }: SelectionMetric): string {
  return isRewardName(name) ? 'reward' : metricPrefix + name;
}

function metricColumns(
  metrics: readonly MetricInfo[],
  selections: readonly SelectionMetric[],
): TableColumn[] {
  const first = firstMetrics(metrics, selections);
  const labels = metricLabels(first.map(({ metric }) => metric.name));
  return first.map(({ metric, shown }, index) => ({
    ...metricColumn(metric, labels[index] ?? metric.name),
    shown,
  }));
}

function metricColumn(metric: MetricInfo, label: string): TableColumn {
  const { name, fractional } = metric;
  const of = metricReader(name);
  return {
    ...measured(`${metricPrefix}${name}`, label, metric, of),
    writtenAs: visibleText(name),
    text: (row) => formatMetric(name, of(row), fractional),
    amount: {
      of,
      show: (value) => formatMetric(name, value),
      inGroup: { short: (value) => shortMetric(name, value), exact: shortNumber },
    },
  };
}

function measured(
  id: string,
  label: string,
  { fractional, exponent }: Pick<MetricInfo, 'fractional' | 'exponent'>,
  of: (row: VersionRow) => number | null,
): TableColumn {
  return {
    ...numeric(id, label, Math.max(exponent ? exponentWidth : 84, 40 + label.length * 7), of),
    text: (row) => formatNumber(of(row), fractional),
  };
}

function counted(id: string, label: string, of: (row: VersionRow) => number | null): TableColumn {
  return { ...numeric(id, label, 80, of), text: (row) => formatNumber(of(row), false) };
}

function numeric(
  id: string,
  label: string,
  width: number,
  of: (row: VersionRow) => number | null,
): Omit<TableColumn, 'text'> {
  return {
    id,
    label,
    writtenAs: null,
    align: 'right',
    width,
    ...plain,
    sort: { kind: 'number', of },
    title: (row) => exactNumber(of(row)),
    // A mean of whole numbers may be none.
    amount: { of, show: (value) => formatNumber(value, !Number.isInteger(value)), inGroup: plainNumber },
  };
}

function text(id: string, label: string, width: number, of: (row: VersionRow) => string | null): TableColumn {
  return {
    id,
    label,
    writtenAs: null,
    align: 'left',
    width,
    ...plain,
    sort: { kind: 'text', of },
    text: (row) => of(row) ?? missing,
    title: (row) => of(row) ?? '',
    amount: null,
  };
}

/** All tags of a version; null where it has none. */
export function tagsOf({ tags }: VersionRow): string | null {
  return tags.length === 0 ? null : tags.map(visibleText).join(', ');
}

function versionColumn(selections: readonly SelectionMetric[], mayBeBestOfAll: boolean): TableColumn {
  const badge = Math.max(0, ...selections.map((selection) => metricWords(selection).length));
  const ofAll = mayBeBestOfAll ? 'of all , latest'.length : 0;
  // That nobody chose the metric has room with most fonts.
  const byDefault = selections.some(({ source }) => source === 'default') ? 40 : 0;
  return {
    ...text('version', 'Version', Math.min(240, 142 + (badge + ofAll) * 6) + byDefault, versionLabel),
    sort: { kind: 'number', of: (row) => row.version },
    title: (row) => visibleText(row.id),
  };
}

const pinnedColumn: TableColumn = {
  ...text('pinned', 'Pin', 52, (row) => (row.pinned ? 'pinned' : null)),
  sort: { kind: 'number', of: ({ pinned }) => (pinned ? 0 : 1) },
  title: ({ pinned }) => (pinned ? 'Pinned: it is never pruned' : ''),
};

const timeColumn: TableColumn = {
  ...text('time', 'Time', timeWidth('second') + 26, (row) => row.timestamp),
  sort: { kind: 'number', of: timeOf },
  text: ({ timestamp }) => (timestamp === null ? missing : formatTimestamp(timestamp)),
  title: ({ timestamp }) => (timestamp === null ? 'No time on record' : exactTimestamp(timestamp)),
};

const sizeColumn: TableColumn = {
  ...numeric('size', 'Size', 88, (row) => row.file_size_bytes),
  text: (row) => formatBytes(row.file_size_bytes),
  title: (row) => exactBytes(row.file_size_bytes),
  amount: {
    of: (row) => row.file_size_bytes,
    show: (bytes) => formatBytes(Math.round(bytes)),
    inGroup: { short: formatBytes, exact: exactBytes },
  },
};

const checksumColumn: TableColumn = {
  ...text('checksum', 'Checksum', 148, (row) => row.checksum),
  text: (row) => row.checksum?.slice(0, 12) ?? missing,
  title: (row) => row.checksum ?? 'No checksum on record',
};

const integrityColumn: TableColumn = {
  ...text('integrity', 'Integrity', 116, (row) => integrityWord(row.integrity)),
  sort: { kind: 'number', of: (row) => integrityRank(row.integrity) },
  title: (row) => visibleText(integritySentence(row.integrity)),
};

/** An exact count for the accessible name of the table. */
export function tableLabel(shown: number): string {
  return `Versions, ${formatCount(shown)} shown`;
}

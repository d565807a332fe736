import { type Direction, measuredValue } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { entriesOf, type VersionDetails } from '../details/version-details.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { exactNumber, formatNumber, missing } from '../format/format-number.ts';
import { formatTimestamp } from '../format/format-time.ts';
import { visibleText } from '../format/visible-text.ts';
import { integrityWord } from '../table/integrity-words.ts';
import { flattenRecord, type Leaf, pathKey } from './flatten-record.ts';

/** One of the versions that stand side by side; its details come later than its row. */
export interface ComparedVersion {
  row: VersionRow;
  details: VersionDetails | null;
}

/** What a version says in one row; `exact` is all of it, for the hover text. */
export interface ComparedCell {
  text: string;
  exact: string;
  /** The number that it is, for those of metrics. */
  value: number | null;
}

/** One value of all versions, in their order. */
export interface ComparedRow {
  key: string;
  label: string;
  cells: readonly ComparedCell[];
  /** Of a metric: which end of it is better; null where nobody said. Undefined for what is no metric. */
  direction?: Direction | null;
  differs: boolean;
}

export interface ComparedSection {
  title: string;
  rows: readonly ComparedRow[];
}

/** What the other sections say of a sidecar, and what differs between any two versions without meaning anything. */
const saidElsewhere = new Set(
  'version timestamp reward metrics training_state file_path file_size_bytes checksum notes tags symbol'.split(
    ' ',
  ),
);

/** Everything that the versions say, section by section; a value that some of them lack stands as missing there. */
export function compareRecords(
  versions: readonly ComparedVersion[],
  directionOf: (metric: string) => Direction | null,
): ComparedSection[] {
  const recordsOf = (key: string) => versions.map(({ details }) => details?.get(key));
  const sidecars = versions.map(({ details }) => {
    const entries = entriesOf(details?.get('sidecar'));
    return Object.fromEntries(entries.filter(([name]) => !saidElsewhere.has(name)));
  });
  return [
    { title: 'Metrics', rows: metricRows(versions, directionOf) },
    { title: 'Progress and file', rows: fileRows(versions) },
    { title: 'Training state', rows: recordRows(recordsOf('training_state')) },
    { title: 'Config and hyperparameters', rows: recordRows(sidecars) },
  ].filter(({ rows }) => rows.length > 0);
}

/** How a metric differs from that of the baseline; null where either has no number. */
export interface Difference {
  by: number;
  verdict: 'better' | 'worse' | 'equal' | 'unknown';
}

export function differenceFrom(
  baseline: number | null,
  value: number | null,
  direction: Direction | null,
): Difference | null {
  if (baseline === null || value === null || !Number.isFinite(value - baseline)) return null;
  const by = value - baseline;
  if (by === 0) return { by, verdict: 'equal' };
  if (direction === null) return { by, verdict: 'unknown' };
  return { by, verdict: by > 0 === (direction === 'max') ? 'better' : 'worse' };
}

/** Where the better end of a metric is among the versions: the places of its best values; none without a direction. */
export function bestPlaces({ cells, direction }: ComparedRow): ReadonlySet<number> {
  const known = cells.flatMap(({ value }, place) => (isNumber(value) ? [{ value, place }] : []));
  if (!direction || known.length < 2) return new Set();
  const values = known.map(({ value }) => value);
  const best = direction === 'max' ? Math.max(...values) : Math.min(...values);
  const places = known.filter(({ value }) => value === best).map(({ place }) => place);
  return new Set(places.length === known.length ? [] : places);
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function metricRows(
  versions: readonly ComparedVersion[],
  directionOf: (metric: string) => Direction | null,
): ComparedRow[] {
  const named = new Set(versions.flatMap(({ row }) => row.metrics.names));
  named.delete('mean_reward');
  named.delete('reward');
  return ['reward', ...named].flatMap((name) => {
    const cells = versions.map(({ row }) => numberCell(measuredValue(row, name)));
    if (cells.every(({ value }) => value === null)) return [];
    const label = name === 'reward' ? 'Reward' : visibleText(name);
    return [{ ...asRow(pathKey(['metrics', name]), label, cells), direction: directionOf(name) }];
  });
}

const fileFacts: readonly [string, (row: VersionRow) => ComparedCell][] = [
  ['Step', ({ step }) => numberCell(step, false)],
  ['Episode', ({ episode }) => numberCell(episode, false)],
  ['Time', ({ timestamp }) => textCell(timestamp, timestamp && formatTimestamp(timestamp))],
  [
    'Size',
    ({ file_size_bytes: size }) => ({ text: formatBytes(size), exact: exactBytes(size), value: null }),
  ],
  ['Integrity', ({ integrity }) => textCell(integrityWord(integrity))],
  ['Checksum', ({ checksum }) => textCell(checksum, checksum?.slice(0, 12))],
  ['Symbol', ({ symbol }) => textCell(symbol)],
  ['Tags', ({ tags }) => textCell(tags.join(', ') || null)],
  ['Notes', ({ notes }) => textCell(notes)],
];

function fileRows(versions: readonly ComparedVersion[]): ComparedRow[] {
  return fileFacts.flatMap(([label, cellOf]) => {
    const cells = versions.map(({ row }) => cellOf(row));
    return cells.every(({ text }) => text === missing) ? [] : [asRow(label, label, cells)];
  });
}

function recordRows(records: readonly unknown[]): ComparedRow[] {
  const found = records.map((record) => byKey(flattenRecord(record)));
  const paths = new Map(found.flatMap((leaves) => [...leaves].map(([key, { path }]) => [key, path])));
  return [...paths].map(([key, path]) => {
    const cells = found.map((leaves) => valueCell(leaves.get(key)));
    return asRow(key, path.map(visibleText).join('.'), cells);
  });
}

function byKey(leaves: readonly Leaf[]): ReadonlyMap<string, Leaf> {
  return new Map(leaves.map((leaf) => [pathKey(leaf.path), leaf]));
}

function asRow(key: string, label: string, cells: readonly ComparedCell[]): ComparedRow {
  return { key, label, cells, differs: new Set(cells.map(({ exact }) => exact)).size > 1 };
}

function numberCell(value: number | null, fractional = true): ComparedCell {
  const isWhole = value !== null && Number.isInteger(value) && Math.abs(value) >= 10;
  return { text: formatNumber(value, fractional && !isWhole), exact: exactNumber(value), value };
}

function textCell(value: string | null, shown: string | null | undefined = value): ComparedCell {
  return { text: visibleText(shown ?? missing), exact: visibleText(value ?? ''), value: null };
}

function valueCell(leaf: Leaf | undefined): ComparedCell {
  if (leaf === undefined) return textCell(null);
  if (typeof leaf.value === 'string') return textCell(leaf.value);
  if (typeof leaf.value === 'number') return textCell(String(leaf.value));
  return textCell(JSON.stringify(leaf.value) ?? null);
}

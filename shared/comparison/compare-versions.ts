import { type Integrity, isProblem } from '../model/integrity.ts';
import { type Json, type JsonObject, ownValue, toNumber } from '../model/json.ts';
import { type Direction, metricReader } from '../model/metric.ts';
import type { VersionRow } from '../model/version-row.ts';
import { areSame } from './equal-values.ts';
import { type MergedLeaf, mergeRecords, pathKey } from './merge-records.ts';

/** So many stand side by side: each gets a column, and its whole record is read. */
export const mostCompared = 64;

/**
 * One of the versions that stand side by side; what its record says besides may come later than its row. `hydra` is the config that Hydra
 * wrote down of its run, where it has no sidecar.
 */
export interface ComparedVersion {
  row: Omit<VersionRow, 'handle' | 'runId'>;
  record: { notes: unknown; training_state: unknown; sidecar: unknown; hydra: unknown } | null;
}

/** What the values of a row are, which tells how they are written; `text` is as the file says it. */
export type ValueKind = 'metric' | 'count' | 'time' | 'bytes' | 'integrity' | 'checksum' | 'text';

/** What a version says; null where it says nothing. */
export type ComparedValue = number | string | null;

/** One value of all versions, in their order. */
export interface ComparedRow {
  key: string;
  /** As the file names it; names of nested values are joined by dots. */
  label: string;
  kind: ValueKind;
  values: readonly ComparedValue[];
  /** Of a metric: which end of it is better; null where nobody said, and for what is no metric. */
  direction: Direction | null;
  /** Of a metric: the places of versions that are not what was measured, for something is wrong with their files. None of them is the best. */
  passedOver: readonly number[];
  differs: boolean;
}

export interface ComparedSection {
  title: string;
  rows: readonly ComparedRow[];
}

/** What the other sections say of a sidecar, and what differs between any two versions without meaning anything. */
const saidElsewhere = new Set(
  'version timestamp reward metrics training_state file_path file_size_bytes checksum notes tags symbol evaluation_results'.split(
    ' ',
  ),
);

/** Everything that the versions say, section by section; a value that some of them lack is null there. */
export function compareVersions(
  versions: readonly ComparedVersion[],
  directionOf: (metric: string) => Direction | null,
): ComparedSection[] {
  return [
    { title: 'Metrics', rows: metricRows(versions, directionOf) },
    { title: 'Progress and file', rows: fileRows(versions) },
    { title: 'Training state', rows: recordRows(versions.map(({ record }) => record?.training_state)) },
    { title: 'Evaluation', rows: recordRows(versions.map(evaluationOf)) },
    { title: 'Config and hyperparameters', rows: recordRows(versions.map(configOf)) },
  ].filter(({ rows }) => rows.length > 0);
}

/** What measured it, and how the episodes of that went. */
function evaluationOf({ record }: ComparedVersion): unknown {
  const sidecar = record?.sidecar;
  return typeof sidecar === 'object' && sidecar !== null
    ? ownValue(sidecar as JsonObject, 'evaluation_results')
    : undefined;
}

function configOf({ record }: ComparedVersion): unknown {
  const sidecar = record?.sidecar;
  if (typeof sidecar !== 'object' || sidecar === null) return record?.hydra;
  return Object.fromEntries(Object.entries(sidecar).filter(([name]) => !saidElsewhere.has(name)));
}

function metricRows(
  versions: readonly ComparedVersion[],
  directionOf: (metric: string) => Direction | null,
): ComparedRow[] {
  const passedOver = versions.flatMap(({ row }, place) => (isProblem(row.integrity.state) ? [place] : []));
  const named = new Set(versions.flatMap(({ row }) => row.metrics.names));
  named.delete('mean_reward');
  named.delete('reward');
  return ['reward', ...named].flatMap((name) => {
    const read = metricReader(name);
    const values = versions.map(({ row }) => read(row));
    if (isSaidByNone(values)) return [];
    const label = name === 'reward' ? 'Reward' : name;
    const key = pathKey(['metrics', name]);
    return [{ ...asRow(key, label, 'metric', values), direction: directionOf(name), passedOver }];
  });
}

const fileFacts: readonly [string, ValueKind, (version: ComparedVersion) => ComparedValue][] = [
  ['Step', 'count', ({ row }) => row.step],
  ['Episode', 'count', ({ row }) => row.episode],
  ['Time', 'time', ({ row }) => row.timestamp],
  ['Size', 'bytes', ({ row }) => row.file_size_bytes],
  ['Integrity', 'integrity', ({ row: { integrity } }) => integrityWord(integrity)],
  ['Checksum', 'checksum', ({ row }) => row.checksum],
  ['Symbol', 'text', ({ row }) => row.symbol],
  ['Tags', 'text', ({ row }) => row.tags.join(', ') || null],
  ['Notes', 'text', notesOf],
];

/** Bit rot is told apart from other mismatches. */
function integrityWord({ state, cause }: Integrity): string {
  return cause === 'bit-rot' ? 'bit rot' : state;
}

/** A row has no more of a note than its beginning; its record has all of it. */
function notesOf({ row, record }: ComparedVersion): string | null {
  return typeof record?.notes === 'string' ? record.notes || null : row.notes;
}

function fileRows(versions: readonly ComparedVersion[]): ComparedRow[] {
  return fileFacts.flatMap(([label, kind, of]) => {
    const values = versions.map(of);
    return isSaidByNone(values) ? [] : [asRow(label, label, kind, values)];
  });
}

function recordRows(records: readonly unknown[]): ComparedRow[] {
  const { leaves, isCut } = mergeRecords(records);
  const rows = joinFlattened(leaves).map(leafRow);
  return isCut ? [...rows, notCompared(records.length)] : rows;
}

/** Where one record nests what another has under a name with dots, both mean one thing: as long as none has both. */
function joinFlattened(leaves: readonly MergedLeaf[]): MergedLeaf[] {
  const joined = new Map<string, MergedLeaf[]>();
  for (const leaf of leaves) {
    const label = leaf.path.join('.');
    const known = joined.get(label) ?? [];
    const other = known.findIndex(({ values }) =>
      values.every((each, index) => !areBoth(each, leaf.values[index])),
    );
    const before = known[other];
    if (before)
      known[other] = {
        ...before,
        values: before.values.map((each, index) => (each === undefined ? leaf.values[index] : each)),
      };
    else joined.set(label, [...known, leaf]);
  }
  return [...joined.values()].flat();
}

function areBoth(one: unknown, other: unknown): boolean {
  return one !== undefined && other !== undefined;
}

function leafRow({ path, values }: MergedLeaf): ComparedRow {
  const [first, ...others] = values;
  const differs = others.some((each) => !isSameInRecords(first, each));
  const shown = values.map(plainValue);
  const row = asRow(pathKey(path), path.join('.'), 'text', shown);
  // A list and a text of the same letters.
  const looksAlike = differs && !row.differs;
  return { ...row, differs, values: looksAlike ? values.map(exactValue) : shown };
}

/** What is not there is no value; our own JSON spells numbers that JSON lacks as text. */
function isSameInRecords(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return areSame(toNumber(a) ?? (a as Json), toNumber(b) ?? (b as Json));
}

function exactValue(value: unknown): ComparedValue {
  return typeof value === 'string' ? JSON.stringify(value) : plainValue(value);
}

/** Stands after those that are compared, and among the differences: nobody knows whether the others differ. */
function notCompared(versions: number): ComparedRow {
  const values = Array.from({ length: versions }, () => 'not compared');
  return { ...asRow('[]', 'and more values', 'text', values), differs: true };
}

/** A number stays one, also where our own JSON spells it as text; what is neither number nor text is written as JSON. */
function plainValue(value: unknown): ComparedValue {
  const number = toNumber(value);
  if (number !== null) return number;
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? null);
}

function isSaidByNone(values: readonly ComparedValue[]): boolean {
  return values.every((value) => value === null);
}

function asRow(key: string, label: string, kind: ValueKind, values: readonly ComparedValue[]): ComparedRow {
  return {
    key,
    label,
    kind,
    values,
    direction: null,
    passedOver: [],
    differs: new Set(values).size > 1,
  };
}

import type { ListedRow } from '../catalog/listed-version.ts';
import type { RunReader } from '../run-reader.ts';
import { valueColumns } from './column-values.ts';
import { csvLine, guarded, tsvLine } from './delimited-text.ts';

/** Versions of a run in the order they are wanted, and the columns that are; see {@link valueColumns}. */
export interface Listing {
  ids: readonly string[];
  columns: readonly string[];
}

type Source = Pick<RunReader, 'listed' | 'row' | 'textOf' | 'version'>;

const lineOf = { csv: csvLine, tsv: tsvLine };

/**
 * The versions a line each, led by the names of the columns where those are wanted. Texts that a spreadsheet would take for
 * formulas are made harmless. Versions that are gone are left out.
 */
export function* delimitedLines(
  run: Source,
  { ids, columns }: Listing,
  format: 'csv' | 'tsv',
  withHeads = true,
): Generator<string> {
  const values = valueColumns(columns);
  const line = lineOf[format];
  if (withHeads) yield line(values.map(({ head }) => guarded(head)));
  for (const id of ids) {
    const row = rowWithWholeNotes(run, id);
    if (row) yield line(values.map(({ of }) => guarded(of(row))));
  }
}

/** The versions as an array of the elements of `cairn ls --json`. */
export function* jsonLines(run: Source, ids: readonly string[]): Generator<string> {
  let before = '[\n';
  for (const id of ids) {
    const listed = run.listed(id);
    if (!listed) continue;
    yield `${before}{${run.textOf(listed)}}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** A list holds no more of a note than its first 1,000 characters. */
const cutNotes = 1000;

function rowWithWholeNotes(run: Source, id: string): ListedRow | undefined {
  const row = run.row(id);
  if (!row?.notes || row.notes.length < cutNotes) return row;
  return { ...row, notes: run.version(id)?.notes ?? row.notes };
}

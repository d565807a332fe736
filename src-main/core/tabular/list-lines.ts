import type { ListedRow } from '../catalog/listed-version.ts';
import type { RunReader } from '../run-reader.ts';
import { valueColumns, withIds } from './column-values.ts';
import { csvLine, guarded, tsvLine } from './delimited-text.ts';

/** A run that has versions in a list, and what it is called there. */
export interface SourceRun {
  reader: Pick<RunReader, 'listed' | 'readTexts' | 'row' | 'textOf' | 'version'>;
  name: string;
}

export interface WantedVersion {
  run: SourceRun;
  id: string;
}

/** Versions in the order they are wanted, of one run or of several, and the columns that are; see {@link valueColumns}. */
export interface Listing {
  versions: Iterable<WantedVersion>;
  columns: readonly string[];
}

const lineOf = { csv: csvLine, tsv: tsvLine };

/**
 * The versions a line each, led by the names of the columns where those are wanted; a CSV file has their ids in any case. Texts that a spreadsheet would take for
 * formulas are made harmless. Versions that are gone are left out.
 */
export function* delimitedLines(
  { versions, columns }: Listing,
  format: 'csv' | 'tsv',
  withHeads = true,
): Generator<string> {
  const values = valueColumns(format === 'csv' ? withIds(columns) : columns);
  const line = lineOf[format];
  if (withHeads) yield line(values.map(({ head }) => guarded(head)));
  for (const { run, id } of versions) {
    const row = rowWithWholeNotes(run, id);
    if (row) yield line(values.map(({ of }) => guarded(of(row, run.name))));
  }
}

/** A list holds no more of a note than its first 1,000 characters. */
const cutNotes = 1000;

function rowWithWholeNotes({ reader }: SourceRun, id: string): ListedRow | undefined {
  const row = reader.row(id);
  if (!row?.notes || row.notes.length < cutNotes) return row;
  return { ...row, notes: reader.version(id)?.notes ?? row.notes };
}

import { nameInLine, parseChecksumList } from './checksum-list.ts';

/** The checksum that is put on record of a file of the run. */
export interface Seal {
  id: string;
  checksum: string;
}

/** A line of a list of checksums as it is written, and its place there, counted from 0. */
export interface ListedLine {
  at: number;
  line: string;
}

/** Where a line goes that is new: after all that are there. */
const atEnd = Number.MAX_SAFE_INTEGER;

/** The lines that put checksums on record, as GNU writes them: a name with a backslash or a line break is escaped, and the line says so by a backslash. */
export function linesFor(seals: readonly Seal[]): ListedLine[] {
  return seals.map(({ id, checksum }) => {
    const escaped = id.replace(/[\\\n\r]/g, (mark) => ({ '\n': '\\n', '\r': '\\r' })[mark] ?? '\\\\');
    return { at: atEnd, line: `${escaped === id ? '' : '\\'}${checksum}  ${escaped}` };
  });
}

/** The lines of a list about files of these names. @param isAbout is given a name as it is listed */
export function linesAbout(list: Buffer, isAbout: (name: string) => boolean): ListedLine[] {
  return rowsOf(list).flatMap((row, at) => {
    const line = Buffer.from(row, 'latin1').toString('utf8');
    const name = nameInLine(line);
    return name !== null && rowOf(line) === row && isAbout(name) ? [{ at, line }] : [];
  });
}

/** The checksums that these lines put on record, by name. */
export function checksumsIn(lines: readonly ListedLine[] = []): ReadonlyMap<string, string> {
  return parseChecksumList(lines.map(({ line }) => line).join('\n')).checksums;
}

/** The list without these lines, wherever they stand by now. */
export function withoutLines(list: Buffer, lines: readonly ListedLine[]): Buffer {
  const gone = new Set(lines.map(({ line }) => rowOf(line)));
  return listOf(rowsOf(list).filter((row) => !gone.has(row)));
}

/** The list with these lines, each as often as it is among them, at their places as far as there are such. */
export function withLines(list: Buffer, lines: readonly ListedLine[]): Buffer {
  const rows = rowsOf(list);
  const there = new Map<string, number>();
  for (const row of rows) there.set(row, (there.get(row) ?? 0) + 1);
  for (const { at, line } of lines) {
    const row = rowOf(line);
    const left = there.get(row) ?? 0;
    if (left > 0) there.set(row, left - 1);
    else rows.splice(at, 0, row);
  }
  return listOf(rows);
}

/** As bytes in the form of text: names need not be UTF-8. */
function rowsOf(list: Buffer): string[] {
  const rows = list.toString('latin1').split('\n');
  if (rows.at(-1) === '') rows.pop();
  return rows;
}

function rowOf(line: string): string {
  return Buffer.from(line).toString('latin1');
}

function listOf(rows: readonly string[]): Buffer {
  return Buffer.from(rows.map((row) => `${row}\n`).join(''), 'latin1');
}

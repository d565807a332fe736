import { escapeName } from '../../core/catalog/escape-name.ts';

export interface Column<T> {
  title: string;
  align?: 'right';
  text: (row: T) => string;
}

/** Rows as aligned text, a line each, with a line of titles. What comes from files cannot move the cursor. */
export function formatTable<T>(columns: readonly Column<T>[], rows: readonly T[]): string[] {
  const titles = columns.map(({ title }) => escapeName(title, 60));
  const cells = rows.map((row) => columns.map(({ text }) => escapeName(text(row), 200)));
  const widths = titles.map((title, index) =>
    cells.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), title.length),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align))
      .join('  ')
      .trimEnd();
  return [line(titles), ...cells.map(line)].map((text) => `${text}\n`);
}

function pad(text: string, width: number, align: 'right' | undefined): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}

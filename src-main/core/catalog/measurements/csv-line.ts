/** The cells of a line of CSV, with `""` for a quote in a quoted cell, or of one with tabs between them; null where a quote has no end in it. */
export function csvCells(line: string, isTabbed = false): string[] | null {
  if (isTabbed) return line.split('\t');
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  for (let at = 0; at <= line.length; ) {
    const cell = line[at] === '"' ? quotedAt(line, at) : bareAt(line, at);
    if (cell === null) return null;
    cells.push(cell.text);
    at = cell.end + 1;
  }
  return cells;
}

interface Cell {
  text: string;
  /** Where the comma after it is, or the end of the line. */
  end: number;
}

function bareAt(line: string, start: number): Cell {
  const comma = line.indexOf(',', start);
  const end = comma === -1 ? line.length : comma;
  return { text: line.slice(start, end), end };
}

function quotedAt(line: string, start: number): Cell | null {
  let quote = line.indexOf('"', start + 1);
  while (quote !== -1 && line[quote + 1] === '"') quote = line.indexOf('"', quote + 2);
  if (quote === -1) return null;
  const after = bareAt(line, quote + 1);
  return { text: line.slice(start + 1, quote).replaceAll('""', '"') + after.text, end: after.end };
}

const number = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|nan|inf|infinity)$/i;

/** A number as Python writes it, `nan` and `-inf` included; null for an empty cell, and anything else. */
export function cellNumber(cell: string | undefined): number | null {
  const text = cell?.trim() ?? '';
  if (text === '' || text.length > 40 || !number.test(text)) return null;
  const word = text.toLowerCase().replace(/^[+-]/, '');
  if (word === 'nan') return Number.NaN;
  if (!word.startsWith('inf')) return Number(text);
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

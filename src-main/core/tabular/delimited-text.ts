/** What stands in a cell: numbers and yes or no as they are, null as nothing. */
export type CellValue = string | number | bigint | boolean | null;

/** A line of CSV as RFC 4180 has it. */
export function csvLine(cells: readonly CellValue[]): string {
  return `${cells.map((value) => quoted(value, /[",\r\n]/)).join(',')}\r\n`;
}

/** A line that spreadsheets take from the clipboard. */
export function tsvLine(cells: readonly CellValue[]): string {
  return `${cells.map((value) => quoted(value, /["\t\r\n]/)).join('\t')}\n`;
}

/** Text that a spreadsheet would take for a formula, led by an apostrophe so that it stays text. */
export function guarded(value: CellValue): CellValue {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

function quoted(value: CellValue, special: RegExp): string {
  const text = value === null ? '' : String(value);
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

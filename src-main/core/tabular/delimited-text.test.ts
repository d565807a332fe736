import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine, guarded, tsvLine } from './delimited-text.ts';

/** The cells of one line, read as RFC 4180 has it. */
function readLine(line: string, separator: string): string[] {
  const cells: string[] = [];
  let rest = line;
  while (true) {
    const [whole, inQuotes, plain = ''] = /^(?:"((?:[^"]|"")*)"|([^"\t,\r\n]*))/.exec(rest) ?? [];
    cells.push(inQuotes?.replaceAll('""', '"') ?? plain);
    rest = rest.slice(whole?.length ?? 0);
    if (!rest.startsWith(separator)) return cells;
    rest = rest.slice(1);
  }
}

test('whatever is in a cell is read back from a line', () => {
  const special = fc.constantFrom('"', ',', '\t', '\n', '\r\n', '""', '=', 'ä', '😀', ' ');
  const text = fc.array(fc.oneof(special, fc.string())).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (cells) => {
      // A plain comma in TSV, or tab in CSV, needs no quotes but this reader: they are left out of its plain cells.
      const csv = cells.map((cell) => cell.replaceAll('\t', ' '));
      const tsv = cells.map((cell) => cell.replaceAll(',', ' '));
      expect(readLine(csvLine(csv), ',')).toEqual(csv);
      expect(readLine(tsvLine(tsv), '\t')).toEqual(tsv);
    }),
  );
});

test('what could be a formula stays text, and numbers stay numbers', () => {
  for (const text of ['=1+1', '+49 30', '-x', '@SUM(A1)', '\t=1', '\r=1'])
    expect(guarded(text)).toBe(`'${text}`);
  for (const value of ['a=1', '', 'v1', -0.5, Number.NEGATIVE_INFINITY, true, null])
    expect(guarded(value)).toBe(value);
});

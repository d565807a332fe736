import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileQuery, type Surroundings } from './compile-query.ts';
import { evaluate } from './evaluate-query.fixture.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import { aClock, anyQuery, anyRow, someMetrics } from './query.fixture.ts';
import { QueryError } from './query-error.ts';
import type { Query } from './query-tree.ts';

const around: Surroundings = { clock: aClock, runOf: ({ runId }) => runId ?? null };

const settings = { seed: 7, numRuns: 800 };
const matches = (query: Query, row: Parameters<ReturnType<typeof compileQuery>>[0]) =>
  compileQuery(query, around)(row);

test('a query that was printed is understood as the same', () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const text = printQuery(query);
      expect(parseQuery(text, someMetrics)).toEqual(query);
      expect(printQuery(parseQuery(text))).toBe(text);
    }),
    settings,
  );
});

test('a query made ready says of a version what its words say', () => {
  fc.assert(
    fc.property(anyQuery, fc.array(anyRow, { minLength: 1, maxLength: 8 }), (query, rows) => {
      const test = compileQuery(query, around);
      for (const row of rows) expect([row, test(row)]).toEqual([row, evaluate(query, row, aClock)]);
    }),
    settings,
  );
});

test('not turns a query round, whatever is missing or NaN: De Morgan holds', () => {
  const not = (part: Query): Query => ({ type: 'not', part });
  fc.assert(
    fc.property(anyQuery, anyQuery, anyRow, (a, b, row) => {
      expect(matches(not(a), row)).toBe(!matches(a, row));
      const neither = matches(not({ type: 'or', parts: [a, b] }), row);
      expect(neither).toBe(matches({ type: 'and', parts: [not(a), not(b)] }, row));
      const notBoth = matches(not({ type: 'and', parts: [a, b] }), row);
      expect(notBoth).toBe(matches({ type: 'or', parts: [not(a), not(b)] }, row));
    }),
    settings,
  );
});

const pieces = [
  ...[
    'reward',
    'sharpe',
    'tag',
    'time',
    'size',
    'is',
    'has',
    'in',
    'not',
    'and',
    'or',
    '&&',
    'missing',
    'nan',
  ],
  ...[
    '(',
    ')',
    ',',
    ':',
    '=',
    '!=',
    '<',
    '>=',
    '~',
    '!~',
    '!',
    '"',
    '"a b"',
    '\\',
    '..',
    '≤',
    '\u202e',
    '\0',
  ],
  ...[
    '0.4',
    '1e999',
    '45%',
    '1GB',
    'GB',
    '7d',
    '2026-13',
    '2026-03-02T10:00',
    '0.4..',
    '..',
    '__proto__',
    '😀',
  ],
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((words) => words.join('')),
);

test('any text at all is a query or is refused, with the place where and a sentence of three parts', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom(null, someMetrics), (text, metrics) => {
      const fault = faultOf(text, metrics);
      if (fault === null) return;
      expect(0 <= fault.start && fault.start <= fault.end && fault.end <= text.length).toBe(true);
      expect(fault.message).toMatch(/^.+ — .+ — .+$/su);
    }),
    { seed: 11, numRuns: 5000 },
  );
});

/** Null for a query that can be used; what is thrown and is no QueryError fails the test. */
function faultOf(text: string, metrics: readonly string[] | null): QueryError | null {
  try {
    compileQuery(parseQuery(text, metrics), around);
    return null;
  } catch (fault) {
    if (fault instanceof QueryError) return fault;
    throw fault;
  }
}

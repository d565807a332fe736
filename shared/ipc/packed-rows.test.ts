import fc from 'fast-check';
import { expect, test } from 'vitest';
import { integrityStates } from '../model/integrity.ts';
import { comparable } from '../model/metric-values.fixture.ts';
import { numericMetrics, valueNamed } from '../model/metric-values.ts';
import { metadataSources, versionKinds } from '../model/version.ts';
import type { VersionRow } from '../model/version-row.ts';
import { packedRowsSchema, packRows, unpackRows } from './packed-rows.ts';

const number = fc.oneof(fc.constantFrom(null, Number.NaN, Infinity, -Infinity, 0), fc.double());
/** What may stand in a file's name, or in a sentence of ours: no NUL. */
const word = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.includes('\0'));
const text = fc.string({ unit: 'binary' });
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const metrics = fc
  .array(fc.tuple(fc.constantFrom('sharpe', 'win_rate', '__proto__', 'a.b'), fc.double()), { maxLength: 4 })
  .map((entries) => numericMetrics(Object.fromEntries(entries)));

const row: fc.Arbitrary<VersionRow> = fc.record({
  runId: fc.constant('a run'),
  handle: fc.nat(),
  id: word,
  kind: fc.constantFrom(...versionKinds),
  version: orNull(fc.nat()),
  timestamp: orNull(word),
  step: number,
  episode: number,
  reward: number,
  metrics,
  symbol: orNull(word),
  tags: fc.array(text),
  notes: orNull(word),
  pinned: fc.boolean(),
  file_size_bytes: fc.nat(),
  checksum: orNull(fc.constant('ab'.repeat(32))),
  metadata_source: fc.constantFrom(...metadataSources),
  integrity: fc.record({
    state: fc.constantFrom(...integrityStates),
    detail: orNull(text),
    cause: fc.constantFrom(null, 'changed' as const, 'bit-rot' as const),
    expected: orNull(fc.constantFrom('ab'.repeat(32), 'cd'.repeat(32))),
    actual: orNull(fc.constant('cd'.repeat(32))),
    checked_at: orNull(word),
  }),
  is_best: fc.boolean(),
  is_latest: fc.boolean(),
  backups: fc.nat(),
  problems: fc.array(text),
});

test('rows cross to the page unharmed, whatever is in them', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
      const packed = packRows(rows);
      expect(packedRowsSchema.safeParse(packed).success).toBe(true);
      expect(unpackRows(packed, 'a run').map(comparable)).toEqual(rows.map(comparable));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('a metric is found by its own name alone', () => {
  const found = numericMetrics(JSON.parse('{"__proto__": 1, "sharpe": "NaN", "note": "fine", "trades": 3}'));
  expect(found.names).toEqual(['__proto__', 'sharpe', 'trades']);
  expect(valueNamed(found, '__proto__')).toBe(1);
  expect(valueNamed(found, 'sharpe')).toBeNaN();
  expect(valueNamed(found, 'note')).toBeNull();
  expect(valueNamed(found, 'constructor')).toBeNull();
});

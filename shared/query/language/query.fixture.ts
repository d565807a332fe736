import fc from 'fast-check';
import { integrityStates } from '../../model/integrity.ts';
import { numericMetrics } from '../../model/metric-values.ts';
import { metadataSources, versionKinds } from '../../model/version.ts';
import type { Clock } from '../local-clock.ts';
import {
  type AmountField,
  isAmount,
  knownFields,
  marks,
  metricField,
  type QueryField,
  type WordField,
  wordsOf,
} from './fields.ts';
import type { QueriedRow } from './queried-row.ts';
import type { Amount, AmountOperator, Query, WordOperator } from './query-tree.ts';
import { readAmount } from './read-amount.ts';

/** A wall clock two hours ahead, in the middle of 2026-03-10. */
const ahead = 2 * 3_600_000;
export const aClock: Clock = {
  now: Date.UTC(2026, 2, 10, 12),
  toWall: (moment) => moment + ahead,
  toMoment: (wall) => wall - ahead,
};

/** Metrics as runs log them, and as nobody should. */
export const someMetrics = [
  'sharpe',
  'eval/mean reward',
  '__proto__',
  'step',
  'in',
  'a"b\\',
  'Größe:1',
  'SHARPE',
];

const written = {
  number: ['0', '0.4', '-2', '1e3', '45%', '100k', 'inf', '-inf', '.5', '7'],
  size: ['0', '1000', '1.5MB', '2GiB', '500kB'],
  age: ['90s', '12h', '7d', '2w', '1y'],
  time: [
    ...['2026', '2026-03', '2026-03-02', '2026-03-09T23:00', '2026-03-10 12:00', '20260302_094200'],
    ...['2026-03-02T09:42:00.5', '2026-03-09T23:00:00Z', '2026-03-10T01:30:00+02:00'],
  ],
};
const someWords = [
  'candidate',
  'Best',
  'a b',
  '',
  'not',
  '"',
  '\\',
  'x:y',
  '2026-03-02T10:00',
  '1..2',
  'ES',
  'é(',
  'in',
];

/** A version in which little is as a query would like it. */
export const anyRow: fc.Arbitrary<QueriedRow> = fc.record({
  runId: fc.constantFrom('ES', 'a b'),
  id: fc.constantFrom('best_models/model_v7.pt', 'a b', 'Ünï(code).zip'),
  kind: fc.constantFrom(...versionKinds),
  version: fc.constantFrom(null, 0, 7),
  timestamp: fc.constantFrom(null, 'yesterday', ...written.time.slice(3)),
  step: fc.constantFrom(null, 7, 1000, Number.NaN),
  episode: fc.constant(null),
  reward: fc.constantFrom(null, 0.4, Number.NaN, Infinity),
  metrics: fc
    .dictionary(
      fc.constantFrom(...someMetrics, 'mean_reward'),
      fc.constantFrom(0, 0.4, 0.45, -2, 7, Number.NaN, -Infinity, 'text'),
    )
    .map(numericMetrics),
  symbol: fc.constantFrom(null, 'ES', 'candidate'),
  tags: fc.subarray(['candidate', 'Best', 'a b']),
  notes: fc.constantFrom(null, 'a candidate, not the best'),
  pinned: fc.boolean(),
  file_size_bytes: fc.constantFrom(0, 1000, 1_500_000, 2 ** 31),
  checksum: fc.constantFrom(null, 'ab'.repeat(32)),
  metadata_source: fc.constantFrom(...metadataSources),
  integrity: fc.record({
    state: fc.constantFrom(...integrityStates),
    detail: fc.constantFrom(null, 'x:y'),
    cause: fc.constantFrom(null, 'changed' as const, 'bit-rot' as const),
    expected: fc.constant(null),
    actual: fc.constant(null),
    checked_at: fc.constant(null),
  }),
  is_best: fc.boolean(),
  is_latest: fc.boolean(),
  backups: fc.constantFrom(0, 7),
  problems: fc.subarray(['a b', 'x:y']),
});

const anyField: fc.Arbitrary<QueryField> = fc.oneof(
  fc.constantFrom(...knownFields.map(({ field }) => field)),
  fc.constantFrom(...someMetrics).map(metricField),
);

/** One condition of any sort; what is compared is what the field can be compared with. */
const anyCondition: fc.Arbitrary<Query> = fc.oneof(
  anyField.chain((field) => (isAmount(field) ? amountsOf(field) : wordsFor(field))),
  fc.constantFrom(...someWords.filter(Boolean)).map((text): Query => ({ type: 'text', text })),
  fc.constantFrom(...marks).map((mark): Query => ({ type: 'mark', mark })),
  anyField.chain((field) =>
    fc
      .constantFrom(...(['missing', 'present', ...(field.kind === 'number' ? ['nan'] : [])] as const))
      .map((state) => ({ type: 'state', field, state }) as Query),
  ),
);

function amountsOf(field: AmountField): fc.Arbitrary<Query> {
  const amount = fc
    .constantFrom(...written[field.kind])
    .map((text) => readAmount(field.kind, text) as Amount);
  const end = fc.option(
    amount.filter(({ text }) => !text.includes(' ')),
    { nil: null },
  );
  const range = fc
    .record({ from: end, to: end })
    .filter(({ from, to }) => (from ?? to) !== null && !(from && to && from.low > to.high));
  const exactly = amount.map((each) => ({ from: each, to: each }));
  return fc.oneof(
    fc
      .tuple(fc.constantFrom<AmountOperator[]>('=', '!=', '<', '<=', '>', '>='), amount)
      .map(([operator, amount]): Query => ({ type: 'amount', field, operator, amount })),
    fc
      .tuple(fc.boolean(), fc.array(fc.oneof(range, exactly), { minLength: 1, maxLength: 3 }))
      .map(([negated, ranges]): Query => ({ type: 'amounts', field, negated, ranges })),
  );
}

function wordsFor(field: WordField): fc.Arbitrary<Query> {
  const word = fc.constantFrom(...(wordsOf(field) ?? someWords));
  return fc.oneof(
    fc
      .tuple(fc.constantFrom<WordOperator[]>('=', '!=', '~', '!~'), word)
      .map(([operator, word]): Query => ({ type: 'word', field, operator, word })),
    fc
      .tuple(fc.boolean(), fc.array(word, { minLength: 1, maxLength: 3 }))
      .map(([negated, words]): Query => ({ type: 'words', field, negated, words })),
  );
}

/** Any query that can be written, a few levels deep. */
export const anyQuery: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'query' },
    anyCondition,
    fc.record({ type: fc.constant('not' as const), part: tie('query') }),
    fc.record({
      type: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('query'), { minLength: 2, maxLength: 4 }),
    }),
  ),
})).query;

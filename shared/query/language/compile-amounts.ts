import type { Clock } from '../local-clock.ts';
import type { AmountField } from './fields.ts';
import type { Amount, AmountOperator, AmountRange, Condition } from './query-tree.ts';
import type { Readers, RowTest } from './readers.ts';

type Check = (value: number) => boolean;

/** All of them are false for NaN, which stands for a missing value too. */
const checks: Record<AmountOperator, (value: number, low: number, high: number) => boolean> = {
  '=': (value, low, high) => value >= low && value <= high,
  '!=': (value, low, high) => value < low || value > high,
  '<': (value, low) => value < low,
  '<=': (value, _low, high) => value <= high,
  '>': (value, _low, high) => value > high,
  '>=': (value, low) => value >= low,
};

/** One value compared. */
export function compileAmount<Row>(
  { field, operator, amount }: Extract<Condition, { type: 'amount' }>,
  clock: Clock,
  readers: Readers<Row>,
): RowTest<Row> {
  const check = checks[operator];
  return testOf(field, clock, readers, (zoned) => {
    const { low, high } = boundsOf({ from: amount, to: amount }, zoned, clock);
    return (value) => check(value, low, high);
  });
}

/** A value within one of several ranges, or in none of them. */
export function compileAmounts<Row>(
  { field, negated, ranges }: Extract<Condition, { type: 'amounts' }>,
  clock: Clock,
  readers: Readers<Row>,
): RowTest<Row> {
  return testOf(field, clock, readers, (zoned) => {
    const bounds = ranges.map((range) => boundsOf(range, zoned, clock));
    const isWithin: Check = (value) => bounds.some(({ low, high }) => value >= low && value <= high);
    return negated ? (value) => !Number.isNaN(value) && !isWithin(value) : isWithin;
  });
}

/** @param prepare the check for times that have a zone, or for those that have none; all others have none */
function testOf<Row>(
  field: AmountField,
  clock: Clock,
  readers: Readers<Row>,
  prepare: (zoned: boolean) => Check,
): RowTest<Row> {
  const check = prepare(false);
  if (field.kind === 'time') return testTime(readers.time, prepare(true), check);
  if (field.kind === 'age') return testAge(readers.time, clock, check);
  const read = readers.number(field);
  return (row) => check(read(row) ?? Number.NaN);
}

function testTime<Row>(timeOf: Readers<Row>['time'], zoned: Check, zoneless: Check): RowTest<Row> {
  return (row) => {
    const time = timeOf(row);
    return time !== null && (time.zoned ? zoned : zoneless)(time.milliseconds);
  };
}

function testAge<Row>(timeOf: Readers<Row>['time'], clock: Clock, check: Check): RowTest<Row> {
  const wall = clock.toWall(clock.now);
  return (row) => {
    const time = timeOf(row);
    return time !== null && check((time.zoned ? clock.now : wall) - time.milliseconds);
  };
}

function boundsOf({ from, to }: AmountRange, zoned: boolean, clock: Clock): { low: number; high: number } {
  return {
    low: from === null ? Number.NEGATIVE_INFINITY : inZone(from, from.low, zoned, clock),
    high: to === null ? Number.POSITIVE_INFINITY : inZone(to, to.high, zoned, clock),
  };
}

/** A bound for times of the other sort is what the clock of this machine makes of it. */
function inZone(amount: Amount, bound: number, zoned: boolean, clock: Clock): number {
  if (amount.zoned === zoned) return bound;
  return zoned ? clock.toMoment(bound) : clock.toWall(bound);
}

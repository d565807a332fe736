import { describe, expect, test } from 'vitest';
import { parseQuery, queryLimits } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import { QueryError } from './query-error.ts';

const metrics = ['sharpe', 'win_rate', 'eval/mean reward', 'size'];
const printed = (text: string) => printQuery(parseQuery(text, metrics));

function faultOf(text: string): QueryError {
  try {
    parseQuery(text, metrics);
  } catch (fault) {
    if (fault instanceof QueryError) return fault;
  }
  throw new Error(`${text} was understood`);
}

describe('a query is understood', () => {
  test.each([
    ['', ''],
    ['  ', ''],
    [
      'reward > 0.4 and (sharpe >= 1.5 or tag:candidate) and integrity = verified',
      'reward > 0.4 and (sharpe >= 1.5 or tag = candidate) and integrity = verified',
    ],
    ['reward>0.4 tag:a', 'reward > 0.4 and tag = a'],
    ['a or b c', 'a or (b and c)'],
    ['not a or b', 'not a or b'],
    ['NOT (a OR b)', 'not (a or b)'],
    ['a && b || c', '(a and b) or c'],
    ['mean_reward ≥ 0.4', 'reward >= 0.4'],
    ['reward == 1 and reward <> 2', 'reward = 1 and reward != 2'],
    ['win_rate > 45%', 'win_rate > 45%'],
    ['win_rate > 45 % and step < 3', 'win_rate > 45% and step < 3'],
    ['win_rate in (45 %, -5 %)', 'win_rate in (45%, -5%)'],
    ['"eval/mean reward" < -1e-3', '"eval/mean reward" < -1e-3'],
    ['"size" > 3 and size > 3', '"size" > 3 and size > 3'],
    ['Size > 1.5 GB', 'size > 1.5GB'],
    ['size in 1MB..2GiB', 'size in (1MB..2GiB)'],
    ['version in (1, 5..7, 10..)', 'version in (1, 5..7, 10..)'],
    ['reward = 0.2..0.4', 'reward in (0.2..0.4)'],
    ['time:2026-03-02T09:30', 'time = 2026-03-02T09:30'],
    ['time >= "2026-03-02 09:30"', 'time >= "2026-03-02 09:30"'],
    ['age < 7 d', 'age < 7d'],
    ['kind in (best, Checkpoint)', 'kind in (best, checkpoint)'],
    ['tags not in (a, "b c")', 'tag not in (a, "b c")'],
    ['note ~ "not bad"', 'note ~ "not bad"'],
    ['file !~ tmp', 'file !~ tmp'],
    ['is:best or has:sharpe', 'is:best or has:sharpe'],
    ['reward is NaN or reward is not missing', 'reward is nan or has:reward'],
    ['reward is not nan', 'not reward is nan'],
    ['best_models/model_v2.pt', 'best_models/model_v2.pt'],
    ['version:v8 or version = V8', 'version = 8 or version = 8'],
    ['age < 7d torn and size < 1 GB torn', 'age < 7d and torn and size < 1GB and torn'],
    ['reward > 0.4 torn', 'reward > 0.4 and torn'],
    ['torn is:best has:tag', 'torn and is:best and has:tag'],
    ['"and"', '"and"'],
  ])('%s', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  test('without knowing the metrics, any name may be one', () => {
    expect(printQuery(parseQuery('whatever > 1'))).toBe('whatever > 1');
  });
});

describe('what is wrong is said, where, and what to do', () => {
  test.each([
    [
      'reward >',
      8,
      8,
      'something is missing after “>” — reward is compared with a number, such as 0.4, -2, 1e-3, 45% or 100k — write one',
    ],
    [
      'reward > high',
      9,
      13,
      '“high” is no value of reward — it needs a number, such as 0.4, -2, 1e-3, 45% or 100k — write one',
    ],
    ['reward = nan', 9, 12, 'nothing equals NaN — every comparison with it is false — say reward is nan'],
    [
      'a and sharp >= 1.5',
      6,
      11,
      /^unknown field “sharp” — this run has reward, version, .*, eval\/mean reward, sharpe, size, win_rate — did you mean “sharpe”\? Text to look for goes in quotes$/,
    ],
    ['zzz = 1', 0, 3, /^unknown field “zzz” — .* — name one of them, or put text to look for in quotes$/],
    ['size < 45 parsecs', 10, 17, /^“parsecs” is not expected here — a value of size stands before it/],
    ['reward > 0.38 limit 3', 14, 19, /^“limit” is not expected here — a value of reward/],
    ['reward > 0.38 3', 14, 15, /^“3” is not expected here/],
    ['kind = bst', 7, 10, 'kind is never “bst” — it is best, checkpoint — did you mean best?'],
    ['integrity = (', 12, 13, /^“\(” is not expected here — integrity is compared with verified, /],
    ['tag > a', 4, 5, '“>” does not go with tag — that is compared with = != ~ !~ — use one of these'],
    ['(a or b', 7, 7, 'something is missing after “b” — a bracket is open — close it with )'],
    ['a)', 1, 2, '“)” is not expected here — no bracket is open — take it away'],
    ['a or', 4, 4, /^something is missing after “or” — a condition was expected/],
    ['and a', 0, 3, /^“and” is not expected here — a condition was expected/],
    [
      'is:good',
      3,
      7,
      '“good” is not expected here — a version is best, latest, pinned, intact, problem — name one of them',
    ],
    ['tag is nan', 7, 10, '“nan” is not expected here — it is missing, or it is not — say tag is missing'],
    [
      'tag in a',
      7,
      8,
      '“a” is not expected here — a list in brackets was expected — write one, such as (a, b)',
    ],
    ['step in 9..1', 8, 12, /^“9..1” is no range — from less to more/],
    ['time > 2026-02-30', 7, 17, /^“2026-02-30” is no value of time — it needs a time, such as 2026-03-02/],
    ['note = "a', 7, 9, /^a quotation mark is not closed/],
    ['!a', 0, 1, '“!” stands alone — it is part of != and !~ only — say not'],
    ['""', 0, 2, /^the text to look for is empty/],
  ])('%s', (text, start, end, message) => {
    const fault = faultOf(text);
    expect({ start: fault.start, end: fault.end }).toEqual({ start, end });
    expect(fault.message).toEqual(message instanceof RegExp ? expect.stringMatching(message) : message);
  });
});

describe('a query that is too large is refused', () => {
  const { length, depth, conditions } = queryLimits;

  test('by its length, at the first character too many', () => {
    const fault = faultOf(`"${'a'.repeat(length)}"`);
    expect([fault.start, fault.end]).toEqual([length, length + 2]);
  });

  test.each([
    ['brackets', (count: number) => `${'('.repeat(count)}a${')'.repeat(count)}`],
    ['nots', (count: number) => `${'not '.repeat(count)}a`],
  ])('by the depth of its %s', (_what, nest) => {
    expect(parseQuery(nest(depth))).toBeDefined();
    expect(faultOf(nest(depth + 1)).message).toContain(`no more than ${depth}`);
    expect(faultOf(nest(900)).message).toContain(`no more than ${depth}`);
  });

  test('by the number of its conditions', () => {
    expect(parseQuery('a '.repeat(conditions))).toBeDefined();
    expect(faultOf('a '.repeat(conditions + 1)).message).toContain(`no more than ${conditions} conditions`);
  });
});

test.each(['__proto__', 'constructor', 'toString'])('a metric called %s is one like any other', (name) => {
  expect(parseQuery(`${name} > 1`, [name])).toMatchObject({ field: { name, metric: true } });
  expect(() => parseQuery(`${name} > 1`, ['sharpe'])).toThrow(/unknown field/);
  expect(() => parseQuery(`kind = ${name}`)).toThrow(/kind is never/);
});

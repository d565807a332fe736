import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeQuery } from './complete-query.ts';
import { ofRuns } from './fields.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import { anyQuery, someMetrics } from './query.fixture.ts';

const known = {
  metrics: ['sharpe', 'win_rate', 'eval/mean reward', 'size', 'mean_reward', 'line\nbreak'],
  wordsOf: (field: string) => (field === 'tag' ? ['candidate', 'paper trading', 'bad-data'] : []),
};

/** What is offered where the `|` stands. */
function offered(marked: string): string[] {
  const caret = marked.indexOf('|');
  return completeQuery(marked.replace('|', ''), caret, known).items.map(({ label }) => label);
}

/** The query once the item of that label was taken, with a `|` where one goes on. */
function taken(marked: string, label: string): string {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { start, end, items } = completeQuery(text, caret, known);
  const item = items.find((each) => each.label === label);
  if (!item) throw new Error(`${label} is not offered`);
  return `${text.slice(0, start)}${item.text}|${text.slice(end)}`;
}

test('over runs, what is offered are the fields of runs', () => {
  const labels = (text: string) =>
    completeQuery(text, text.length, { vocabulary: ofRuns, metrics: [], wordsOf: () => [] }).items.map(
      ({ label }) => label,
    );
  expect(labels('')).toEqual([
    ...['path', 'folder', 'override', 'best', 'best_value', 'metric', 'latest', 'latest_version'],
    ...['versions', 'bytes', 'written_by', 'layout', 'state', 'problems', 'time', 'age'],
    ...['not', 'has:'],
  ]);
  expect(labels('layout = ')).toEqual(['cairn', 'files']);
  expect(labels('state = ')).toEqual(['saving', 'problem']);
  expect(labels('versions ')).toContain('>=');
  expect(labels('reward ')).not.toContain('>=');
});

describe('what is offered', () => {
  test('at the start, and after and, or, not and a bracket, are fields, marks and metrics', () => {
    for (const before of ['', 'a and ', 'a or ', 'not ', '(', 'a and (']) {
      const labels = offered(`${before}|`);
      expect([before, labels]).toEqual([
        before,
        expect.arrayContaining(['reward', 'tag', 'sharpe', 'is:', 'not']),
      ]);
      expect(labels).not.toContain('line\nbreak');
      expect(labels.filter((label) => label === 'reward' || label === 'mean_reward')).toEqual(['reward']);
    }
  });

  test('for the beginning of a name are those that begin so, then those that have it elsewhere', () => {
    expect(offered('re|')).toEqual(['reward']);
    expect(offered('rew|')).toEqual(['reward', 'eval/mean reward']);
    expect(offered('SHA|')).toEqual(['sharpe']);
    expect(offered('zzz|')).toEqual([]);
    expect(offered('torn|')).toEqual([]);
  });

  test('after a field is what it can be compared with', () => {
    expect(offered('reward |')).toEqual([
      '>',
      '>=',
      '<',
      '<=',
      '=',
      '!=',
      'in',
      'not in',
      'is missing',
      'is nan',
    ]);
    expect(offered('a and tag |')).toEqual(['=', '!=', '~', '!~', 'in', 'not in', 'is missing']);
    expect(offered('(reward |')).toContain('>');
    expect(offered('"size" |')).toContain('is nan');
    expect(offered('reward i|')).toEqual(['in', 'is missing', 'is nan']);
  });

  test('after an operator are the words that a field can be, and the tags there are', () => {
    expect(offered('kind = |')).toEqual(['best', 'checkpoint']);
    expect(offered('integrity:ver|')).toEqual(['verified', 'unverified']);
    expect(offered('tag:|')).toEqual(['candidate', 'paper trading', 'bad-data']);
    expect(offered('tag in (candidate, |')).toEqual(['candidate', 'paper trading', 'bad-data']);
    expect(offered('tag = "pap|')).toEqual(['paper trading']);
    expect(offered('reward > |')).toEqual([]);
    expect(offered('tag in |')).toEqual(['(']);
    expect(offered('tag in (candidate |')).toEqual([',', ')']);
    expect(offered('is:|')).toEqual(['best', 'latest', 'pinned', 'intact', 'problem']);
    expect(offered('has:sh|')).toEqual(['sharpe']);
    expect(offered('reward is |')).toEqual(['missing', 'nan', 'not missing', 'not nan']);
  });

  test('after a condition is how to go on', () => {
    expect(offered('reward > 0.4 |').slice(0, 2)).toEqual(['and', 'or']);
    expect(offered('(reward > 0.4 |').slice(0, 3)).toEqual(['and', 'or', ')']);
    expect(offered('tag = size |').slice(0, 2)).toEqual(['and', 'or']);
    expect(offered('reward > 0.4 a|')).toEqual(expect.arrayContaining(['and', 'age']));
  });

  test('behind a fault is nothing', () => {
    expect(offered(`${'a '.repeat(1_000_000)}|`)).toEqual([]);
    expect(offered('kind = nonsense and |')).toEqual([]);
  });
});

describe('what is taken', () => {
  test.each([
    ['sha|', 'sharpe', 'sharpe |'],
    ['a and ev| > 1', 'eval/mean reward', 'a and "eval/mean reward"| > 1'],
    ['siz|', 'size', 'size |'],
    ['tag:pap|', 'paper trading', 'tag:"paper trading" |'],
    ['tag = "pap|', 'paper trading', 'tag = "paper trading" |'],
    ['tag = "pa|per" and b', 'paper trading', 'tag = "paper trading"| and b'],
    ['re|ward > 1', 'reward', 'reward| > 1'],
    ['reward |', '>', 'reward > |'],
    ['tag |', 'in', 'tag in (|'],
    ['is|', 'is:', 'is:|'],
  ])('%s + %s gives %s', (marked, label, expected) => {
    expect(taken(marked, label)).toBe(expected);
  });

  test('a metric that is called like a field is offered in quotes of its own', () => {
    expect(completeQuery('size', 4, known).items.map(({ text }) => text)).toEqual(['size ', '"size" ']);
  });
});

test('anywhere in any query, what is offered can be taken without a fault before it', () => {
  const words = { metrics: someMetrics, wordsOf: () => ['a b', 'x:y', '"', ''] };
  fc.assert(
    fc.property(anyQuery, fc.nat(), fc.string({ unit: 'binary', maxLength: 3 }), (query, place, typed) => {
      const printed = printQuery(query);
      const caret = place % (printed.length + 1);
      const text = printed.slice(0, caret) + typed + printed.slice(caret);
      const { start, end, items } = completeQuery(text, caret + typed.length, words);
      expect(start <= caret + typed.length && caret + typed.length <= end && end <= text.length).toBe(true);
      for (const item of items) {
        const { fault } = faultOf(text.slice(0, start) + item.text);
        expect([text, item, fault]).toEqual([text, item, null]);
      }
    }),
    { seed: 5, numRuns: 100 },
  );
});

/** A fault that is not merely something missing at the end. */
function faultOf(text: string): { fault: string | null } {
  try {
    parseQuery(text, someMetrics);
  } catch (error) {
    const { start, message } = error as { start: number; message: string };
    if (start < text.trimEnd().length) return { fault: message };
  }
  return { fault: null };
}

import { expect, test } from 'vitest';
import { gatherMeasuredWith, type MeasuredWith, tellMeasuredOtherwise } from './measured-with.ts';

const usual: MeasuredWith = {
  evaluator: 'eval {model}',
  hash: 'ab',
  episodes: 20,
  seeds: [0, 1, 2],
  versions: 1,
};
const tell = (...others: Partial<MeasuredWith>[]) =>
  tellMeasuredOtherwise(gatherMeasuredWith([usual, ...others.map((other) => ({ ...usual, ...other }))]));

test('what was measured alike is compared without a word', () => {
  expect(tell()).toBeNull();
  expect(tell({}, { seeds: [0, 1, 2] })).toBeNull();
  expect(tellMeasuredOtherwise([])).toBeNull();
});

test('another evaluator, other episodes and other seeds are named, the most usual first', () => {
  expect(tell({ evaluator: 'other {model}' }, {})).toBe(
    'Its values were not all measured alike: 2 by “eval {model}” (seeds 0, 1, 2, 20 episodes), 1 by “other {model}” (seeds 0, 1, 2, 20 episodes). Measure all versions in one way to compare them.',
  );
  expect(tell({ episodes: 5 })).toContain('(the same words, seeds 0, 1, 2, 5 episodes)');
  expect(tell({ seeds: [7] })).toContain('(the same words, seed 7, 20 episodes)');
  expect(tell({ seeds: [0, 1, 2, 3, 4, 9] })).toContain('6 seeds from 0 to 9');
});

test('an evaluator of which a file was edited meanwhile is another one', () => {
  expect(tell({ hash: 'cd' })).toContain('1 by “eval {model}” (the same words,');
});

test('a state that no record tells, as before it was noted, may be any: by itself it says nothing', () => {
  expect(tell({ hash: null })).toBeNull();
  expect(tell({ hash: null, seeds: [7] })).toContain('1 by “eval {model}” (the same words, seed 7,');
  expect(tell({ hash: null }, { hash: 'cd' })).toMatch(
    /: 2 by “[^“]*, 1 by “eval \{model\}” \(the same words,/,
  );
  expect(gatherMeasuredWith([{ ...usual, hash: null }, usual])).toEqual([{ ...usual, versions: 2 }]);
});

test('what no record tells is said so; of many ways some are named', () => {
  expect(tell({ evaluator: null, hash: null, episodes: null, seeds: [] })).toContain(
    '1 by something that is not on record',
  );
  const others = [1, 2, 3, 4, 5].map((seed) => ({ seeds: [seed] }));
  expect(tell(...others)).toContain(', and by 2 more. ');
});

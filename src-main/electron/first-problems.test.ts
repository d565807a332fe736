import { expect, test } from 'vitest';
import { firstProblems } from './first-problems.ts';

const problems = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ path: `${index}`, problem: 'is torn' }));

test('of a thousand problems all are told, of more the first thousand and how many are left', () => {
  expect(firstProblems(problems(1000))).toEqual(problems(1000));
  expect(firstProblems(problems(1001))).toEqual([
    ...problems(1000),
    { path: '.', problem: '1 more problem is not listed' },
  ]);
  expect(firstProblems(problems(1_200_000)).at(-1)?.problem).toBe('1,199,000 more problems are not listed');
});

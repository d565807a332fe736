import { expect, test } from 'vitest';
import { formatDifferences } from './differences.ts';

const by = { name: 'loss', mode: 'min' as const };
const valuesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: `w${index}`, runs: 2, mean: index }));
const linesOf = (differences: Parameters<typeof formatDifferences>[0]) =>
  [...formatDifferences(differences)].join('').split('\n');

test('of many values of a setting as many are printed as the window lists, and how many more there are', () => {
  const words = [{ name: 'net', runs: 28, values: valuesOf(14) }];
  const lines = linesOf({ by, compared: 28, otherwise: 0, unread: 0, numbers: [], words });
  expect(lines.filter((line) => /^net +w\d+ +2 +\d+/.test(line))).toHaveLength(12);
  expect(lines.filter((line) => line.includes('more'))).toEqual(['net      2 more values']);
});

test('it is said that runs are too few to say anything, and that some were not read', () => {
  const words = [{ name: 'net', runs: 4, values: valuesOf(2) }];
  const lines = linesOf({ by, compared: 1000, otherwise: 3, unread: 1234, numbers: [], words });
  expect(lines).toContain('net      too few runs to say anything');
  expect(lines).toContain('Of the runs without Hydra the first 1,000 were read; 1,234 more were not.');
  expect(lines).toContain('3 runs more are ranked by another metric, and left out.');
});

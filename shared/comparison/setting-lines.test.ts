import { expect, test } from 'vitest';
import type { Hyperparameter } from '../model/hyperparameters.ts';
import { settingLines } from './setting-lines.ts';

const place = (source: Hyperparameter['values'][number]['source'], value: unknown, path = 'lr') => ({
  source,
  path,
  value,
});
const lines = (agree: boolean, ...values: Hyperparameter['values']) =>
  settingLines({ name: 'lr', agree, values }).map((line) => line.map(({ source, value }) => [source, value]));

test('what all say is one line', () => {
  expect(lines(true, place('file', 0.001), place('overrides', '1e-3'))).toEqual([
    [
      ['file', 0.001],
      ['overrides', '1e-3'],
    ],
  ]);
  expect(lines(true, place('optimizer', 1), place('hydra', '???'))).toHaveLength(1);
});

test('what they do not agree on is a line for each value', () => {
  expect(lines(false, place('file', 1), place('sidecar', 2n), place('hydra', '1'))).toEqual([
    [
      ['file', 1],
      ['hydra', '1'],
    ],
    [['sidecar', 2n]],
  ]);
});

test('groups of an optimizer have a line each, and what else says one of their values stands with that', () => {
  const groups = [place('optimizer', 0.01), place('optimizer', 0.1), place('optimizer', 0.1)];
  expect(lines(true, ...groups, place('file', 0.1))).toEqual([
    [['optimizer', 0.01]],
    [
      ['optimizer', 0.1],
      ['optimizer', 0.1],
      ['file', 0.1],
    ],
  ]);
  // What is left to be filled in is not what is shown.
  expect(lines(true, ...groups, place('hydra', '???'))[0]).toEqual([
    ['optimizer', 0.01],
    ['hydra', '???'],
  ]);
});

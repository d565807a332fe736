import { expect, test } from 'vitest';
import { readSeeds } from './read-seeds.ts';

test.each([
  ['1', [0]],
  ['3', [0, 1, 2]],
  ['7,11', [7, 11]],
  ['7,', [7]],
  ['0,0000000000000002', null],
  ['0', null],
  ['', null],
  [',', null],
  ['1,1', null],
  ['-1,2', null],
  ['1.5', null],
  ['10001', null],
  ['999999999', null],
])('%j are the seeds %j', (text, seeds) => {
  const fault = seeds ? null : expect.stringMatching(/^It must be/);
  expect(readSeeds(text)).toEqual({ seeds, fault });
});

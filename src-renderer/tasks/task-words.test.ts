import { expect, test } from 'vitest';
import { shareOf } from '../status/progress.ts';
import { taskWords } from './task-words.ts';

test('a benchmark that reads what it is of first says so, and counts bytes until its evaluator runs', () => {
  const task = {
    kind: 'benchmark',
    bytesDone: 3,
    bytesTotal: 4,
    filesDone: 0,
    filesTotal: 2,
    partSeconds: 1,
  } as const;
  expect([taskWords(task), shareOf(task)]).toEqual(['Verifying what is measured', 0.75]);
  const later = { ...task, bytesDone: 0, bytesTotal: 0, filesDone: 1 };
  expect([taskWords(later), shareOf(later)]).toEqual(['Running the evaluator', 0.5]);
});

import { expect, test } from 'vitest';
import type { LogLine } from '../../shared/ipc/writing-contract.ts';
import { numberLines } from './numbered-lines.ts';

const line = (operation: string): LogLine => ({
  at: '2026-03-02T10:00:00Z',
  command: 'save',
  who: 'ann',
  versionCount: 0,
  named: [],
  bytes: null,
  seconds: 1,
  result: 'done',
  operation,
  reach: { version: null, step: null, episode: null },
});
const operationOf = (numbered: ReturnType<typeof numberLines>, key: string | undefined) =>
  numbered.find((each) => each.key === key)?.line.operation;

test('a line keeps what tells it from others while lines are added, also where only the last ones are told', () => {
  const lines = ['third', 'second', 'first'].map(line);
  const before = numberLines(lines, 0);
  const key = before[1]?.key;
  expect(operationOf(before, key)).toBe('second');
  expect(operationOf(numberLines([line('fourth'), ...lines], 0), key)).toBe('second');
  expect(operationOf(numberLines([line('fourth'), ...lines.slice(0, 2)], 1), key)).toBe('second');
});

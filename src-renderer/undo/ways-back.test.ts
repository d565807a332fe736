import { expect, test } from 'vitest';
import { type WayBack, WaysBack } from './ways-back.ts';

const way = (runId: string | null, operation: string | null = null): WayBack => ({
  runId,
  operation,
  done: '',
  undone: '',
  takeBack: async () => ({ ok: true, value: null }),
});

test('the last act of the run that is shown is taken back first, never one of another run', () => {
  const ways = new WaysBack();
  const [first, second, other] = [way('a'), way('a'), way('b')];
  for (const each of [first, second, other]) ways.add(each);
  expect(ways.lastOf('a')).toBe(second);
  ways.remove(second);
  expect(ways.lastOf('a')).toBe(first);
  expect(ways.lastOf('b')).toBe(other);
  expect(ways.lastOf('c')).toBeNull();
  expect(ways.lastOf(null)).toBeNull();
});

test('what belongs to no run is taken back wherever the window is', () => {
  const ways = new WaysBack();
  const [older, view] = [way('a'), way(null)];
  for (const each of [older, view]) ways.add(each);
  expect(ways.lastOf('a')).toBe(view);
  expect(ways.lastOf('b')).toBe(view);
});

test('what was taken back from the trash or the history is not taken back again', () => {
  const ways = new WaysBack();
  const [pinned, moved, elsewhere] = [way('a'), way('a', 'x'), way('b', 'x')];
  for (const each of [pinned, moved, elsewhere]) ways.add(each);
  ways.removeOperations('a', ['x', 'y']);
  expect(ways.lastOf('a')).toBe(pinned);
  expect(ways.lastOf('b')).toBe(elsewhere);
});

test('only the newest are remembered', () => {
  const ways = new WaysBack();
  const all = Array.from({ length: 25 }, () => way('a'));
  for (const each of all) ways.add(each);
  let count = 0;
  for (let last = ways.lastOf('a'); last; last = ways.lastOf('a')) {
    ways.remove(last);
    count += 1;
  }
  expect(count).toBe(20);
});

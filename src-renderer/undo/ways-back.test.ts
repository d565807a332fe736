import { expect, test } from 'vitest';
import type { FailureCode, Result } from '../../shared/failure.ts';
import type { Undone } from './undone-words.ts';
import { type PartOfAct, type WayBack, WaysBack } from './ways-back.ts';

const ok = { ok: true, value: {} } as const;
const nothing = { ok: true, value: { restored: 0, removed: 0 } };
const failed = (code: FailureCode): Result<never> => ({
  ok: false,
  failure: { code, message: code, path: null },
});

const part = (runId: string | null, operation: string | null = null): PartOfAct => ({
  runId,
  operation,
  takeBack: async () => ok,
});
const wayOf = (...parts: PartOfAct[]): WayBack => ({ parts, done: '', undone: '' });

/** A part that counts how often it is taken back, and says what it is told to say. */
function told(runId: string, answers: Result<Partial<Undone>>[], operation: string | null = null) {
  const counted = {
    times: 0,
    runId,
    operation,
    takeBack: async () => answers[counted.times++] ?? ok,
  };
  return counted;
}

function remembered(...acts: WayBack[]): WaysBack {
  const ways = new WaysBack();
  for (const act of acts) ways.add(act);
  return ways;
}

test('the last act of the run that is shown is taken back first, never one of another run', async () => {
  const [first, second, other] = [wayOf(part('a')), wayOf(part('a')), wayOf(part('b'))];
  const ways = remembered(first, second, other);
  expect(ways.lastOf(['a'])).toBe(second);
  await ways.takeBack(second);
  expect(ways.lastOf(['a'])).toBe(first);
  expect(ways.lastOf(['b'])).toBe(other);
  expect(ways.lastOf(['c'])).toBeNull();
  expect(ways.lastOf([])).toBeNull();
});

test('where several runs are shown together it is the last act of any of them', () => {
  const [first, second, other] = [wayOf(part('a')), wayOf(part('b')), wayOf(part('c'))];
  const ways = remembered(first, second, other);
  expect(ways.lastOf(['a', 'b'])).toBe(second);
  expect(ways.lastOf(['b', 'c', 'a'])).toBe(other);
});

test('what was done to several runs is taken back where one of them is shown, and nowhere else', () => {
  const [older, both] = [wayOf(part('c')), wayOf(part('a'), part('b'))];
  const ways = remembered(older, both);
  expect(ways.lastOf(['a'])).toBe(both);
  expect(ways.lastOf(['b', 'c'])).toBe(both);
  expect(ways.lastOf(['c'])).toBe(older);
  expect(ways.lastOf([])).toBeNull();
});

test('what belongs to no run is taken back wherever the window is', () => {
  const view = wayOf(part(null));
  const ways = remembered(wayOf(part('a')), view);
  for (const inView of [['a'], ['b'], ['a', 'b'], []]) expect(ways.lastOf(inView)).toBe(view);
});

test('what was taken back from the trash or the history is not taken back again', () => {
  const [pinned, moved, elsewhere] = [wayOf(part('a')), wayOf(part('a', 'x')), wayOf(part('b', 'x'))];
  const ways = remembered(pinned, moved, elsewhere);
  ways.removeOperations('a', ['x', 'y']);
  expect(ways.leftOf(moved)).toEqual([]);
  expect(ways.lastOf(['a'])).toBe(pinned);
  expect(ways.lastOf(['b'])).toBe(elsewhere);
});

test('of an act on several runs the others are still taken back when one was from the trash', async () => {
  const [a, b] = [told('a', [], 'x'), told('b', [], 'y')];
  const both = wayOf(a, b);
  const ways = remembered(both);
  ways.removeOperations('a', ['x']);
  expect(ways.lastOf(['a'])).toBeNull();
  expect(ways.lastOf(['b'])).toBe(both);
  expect(await ways.takeBack(both)).toEqual(nothing);
  expect([a.times, b.times, ways.leftOf(both).length]).toEqual([0, 1, 0]);
});

test('what could not be taken back is tried again, and that alone', async () => {
  const [a, b, c] = [told('a', []), told('b', [failed('ModelManager')]), told('c', [])];
  const act = wayOf(a, b, c);
  const ways = remembered(act);
  expect(await ways.takeBack(act)).toEqual(failed('ModelManager'));
  expect([a.times, b.times, c.times]).toEqual([1, 1, 1]);
  expect([ways.lastOf(['a']), ways.lastOf(['c'])]).toEqual([null, null]);
  expect(ways.lastOf(['b'])).toBe(act);
  expect(await ways.takeBack(act)).toEqual(nothing);
  expect([a.times, b.times, c.times, ways.leftOf(act).length]).toEqual([1, 2, 1, 0]);
});

test('what is gone is told, not tried again, and keeps nothing else from it', async () => {
  const [gone, closed, left] = [
    told('a', [failed('ModelNotFound')]),
    told('b', [failed('NoSuchHandle')]),
    told('c', [failed('ModelManager')]),
  ];
  const act = wayOf(gone, closed, left);
  const ways = remembered(act);
  expect(await ways.takeBack(act)).toEqual(failed('ModelNotFound'));
  expect(await ways.takeBack(act)).toEqual(nothing);
  expect([gone.times, closed.times, left.times]).toEqual([1, 1, 2]);
});

test('only the newest are remembered', () => {
  const all = Array.from({ length: 25 }, () => wayOf(part('a')));
  const ways = remembered(...all);
  expect(all.map((each) => ways.leftOf(each).length > 0)).toEqual(all.map((_, index) => index >= 5));
});

test('what came back and what left is summed over the parts', async () => {
  const act = wayOf(
    told('a', [{ ok: true, value: { restored: 2, removed: 1 } }]),
    told('b', [{ ok: true, value: { restored: 1, removed: 0 } }]),
    part('c'),
  );
  expect(await remembered(act).takeBack(act)).toEqual({ ok: true, value: { restored: 3, removed: 1 } });
});

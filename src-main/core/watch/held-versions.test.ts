import { expect, onTestFinished, test, vi } from 'vitest';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { HeldVersions } from './held-versions.ts';

type State = ListedVersion['state'];

function listed(id: string, size: number | null, state: State = 'unsealed'): ListedVersion {
  const identity = size === null ? null : { dev: 1, ino: 1, size, mtimeMs: 1, ctimeMs: 1 };
  return { id, identity, state } as ListedVersion;
}

function start(...there: ListedVersion[]) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const index = new Map(there.map((version) => [version.id, version]));
  const released: string[][] = [];
  const held = new HeldVersions({ listed: (id) => index.get(id) }, (ids) => released.push(ids));
  const unsure = (...versions: ListedVersion[]) => [...held.unsure(versions).keys()];
  return { index, held, released, unsure };
}

test('unsure is what is new, or other, and is whole by its name alone', () => {
  const { unsure } = start(listed('a', 1), listed('b', 1), listed('c', 1, 'verified'), listed('gone', null));
  expect(unsure(listed('a', 1), listed('b', 2), listed('new', 1))).toEqual(['b', 'new']);
  expect(unsure(listed('d', 1, 'unverified'), listed('c', 2, 'unverified'))).toEqual(['c']);
  expect(unsure(listed('gone', 1, 'unverified'), listed('gone', null, 'missing'))).toEqual(['gone']);
  expect(unsure(listed('b', 2, 'torn'), listed('b', 3, 'writing'))).toEqual([]);
});

test('what it was counts for as long as it is held, however often it changes', () => {
  const before = listed('a', 1);
  const { index, held, unsure } = start(before);
  held.hold('a', held.unsure([listed('a', 2)]).get('a') ?? null);
  index.set('a', listed('a', 2));
  expect(held.unsure([listed('a', 3)]).get('a')).toBe(before);
  held.hold('new', null);
  index.set('new', listed('new', 1));
  expect(held.unsure([listed('new', 2)]).get('new')).toBeNull();
  const other = listed('b', 1);
  expect([...held.asTold([listed('a', 3), listed('new', 2), other])]).toEqual([before, other]);
  expect(unsure(listed('a', 2), listed('a', 2, 'unverified'))).toEqual(['a']);
});

test('those that were looked into are told of, each once; what is forgotten is not', () => {
  const { held, released } = start();
  for (const id of ['a', 'b', 'c']) held.hold(id, null);
  held.forget(['c']);
  held.release(['a', 'c', 'x']);
  held.release(['a', 'x']);
  vi.advanceTimersByTime(10_000);
  expect(released).toEqual([['a'], ['b']]);
  expect(held.has('b')).toBe(false);
});

test('nothing is waited for longer than people would, nor after it is closed', () => {
  const { held, released } = start();
  held.hold('a', null);
  vi.advanceTimersByTime(500);
  expect(released).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(released).toEqual([['a']]);
  held.hold('b', null);
  held.close();
  vi.advanceTimersByTime(10_000);
  expect(released).toEqual([['a']]);
});

import { expect, test } from 'vitest';
import { placeInRun } from '../../shared/ipc/handles.ts';
import { VersionHandles } from './version-handles.ts';

test('a handle stands for the same version for as long as its window has the run', () => {
  const handles = new VersionHandles(0);
  const first = handles.handleOf('best_models/a.pt');
  expect(handles.handleOf('best_models/b.pt')).not.toBe(first);
  expect(handles.handleOf('best_models/a.pt')).toBe(first);
  expect(handles.idOf(first)).toBe('best_models/a.pt');
  expect(handles.size).toBe(2);
});

test('no two runs of a window hand out the same', () => {
  const [one, other] = [new VersionHandles(0), new VersionHandles(1)];
  const handle = other.handleOf('best_models/a.pt');
  expect(handle).not.toBe(one.handleOf('best_models/a.pt'));
  expect([one.has(handle), other.has(handle)]).toEqual([false, true]);
  expect(other.idOf(handle)).toBe('best_models/a.pt');
  expect(other.idAt(0)).toBe('best_models/a.pt');
  expect(() => one.idOf(handle)).toThrow('There is no such version in this window.');
});

test('whichever run a handle is of, its place in the run is how many were given out before', () => {
  for (const place of [0, 1, 63, 1000]) {
    const handles = new VersionHandles(place);
    expect(['a.pt', 'b.pt', 'c.pt'].map((id) => placeInRun(handles.handleOf(id)))).toEqual([0, 1, 2]);
  }
});

test.each([-1, 0, 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
  'the handle %d, which was never given out, stands for nothing',
  (handle) => {
    expect(() => new VersionHandles(0).idOf(handle)).toThrow('There is no such version in this window.');
  },
);

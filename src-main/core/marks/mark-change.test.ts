import { expect, test } from 'vitest';
import { noChange } from '../../../shared/model/mark-change.ts';
import { withMarkChange, withoutMarkChange } from './mark-change.ts';
import type { Mark } from './marks.ts';

const mark: Mark = { id: 'a', pinned: false, notes: null, tags: null };
const fromSidecar = { tags: ['paper', 'old'] };

test('tags are added and removed, those of the sidecar too, each once', () => {
  const change = { ...noChange, addTags: ['new', 'paper'], removeTags: ['old'] };
  expect(withMarkChange(mark, fromSidecar, change)).toEqual({ ...mark, tags: ['paper', 'new'] });
  const own = { ...mark, tags: ['mine'] };
  expect(withMarkChange(own, fromSidecar, change).tags).toEqual(['mine', 'new', 'paper']);
});

test('what a change does not name stays as it is, on record or not', () => {
  expect(withMarkChange(mark, fromSidecar, { ...noChange, pinned: true })).toEqual({ ...mark, pinned: true });
  expect(withMarkChange(mark, fromSidecar, { ...noChange, notes: '' })).toEqual({ ...mark, notes: '' });
  expect(withMarkChange(mark, fromSidecar, noChange)).toEqual(mark);
});

test('a change is taken back, but not what somebody noted since', () => {
  const change = { pinned: true, addTags: ['new'], removeTags: [], notes: 'mine' };
  const after = withMarkChange(mark, fromSidecar, change);
  expect(withoutMarkChange(after, { before: mark, after })).toEqual(mark);
  const since = { ...after, notes: 'theirs' };
  expect(withoutMarkChange(since, { before: mark, after })).toEqual({ ...mark, notes: 'theirs' });
});

import { expect, test } from 'vitest';
import { equivalentCommand } from '../../shared/command/equivalent-command.ts';
import { markCalls } from './mark-calls.ts';

const nothing = { pinned: false, tags: [], removed: [], notes: null };
const versions = [
  { folder: '/run', id: 'a.pt' },
  { folder: '/other', id: 'b.pt' },
];

test('what is noted of versions is a line for each kind of mark and each of them', () => {
  const marks = { pinned: true, tags: ['keep', 'a b'], removed: ['draft'], notes: '' };
  expect(markCalls(versions.slice(0, 1), marks).map((call) => equivalentCommand(call, 'posix'))).toEqual([
    'cairn pin /run a.pt',
    "cairn tag -- /run a.pt +keep '+a b' -draft",
    "cairn note /run a.pt ''",
  ]);
  expect(markCalls(versions, { ...nothing, pinned: true }).map(({ words }) => words)).toEqual([
    ['/run', 'a.pt'],
    ['/other', 'b.pt'],
  ]);
});

test('nothing noted, or far too many versions, is no line', () => {
  expect(markCalls(versions, nothing)).toEqual([]);
  const many = Array.from({ length: 201 }, () => ({ folder: '/run', id: 'a.pt' }));
  expect(markCalls(many, { ...nothing, pinned: true })).toEqual([]);
});

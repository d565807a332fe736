import { expect, test } from 'vitest';
import { listAllVersions, listVersions } from './list-versions.ts';

const numbered = (...numbers: number[]) =>
  numbers.map((version) => ({ id: `best_models/model_v${version}.pt`, version }));
const list = (named: Parameters<typeof listVersions>[0]['named'], versionCount = named.length) =>
  listVersions({ named, versionCount });

test('versions of a record are named as the table names them; numbers that follow each other are a range', () => {
  expect(list(numbered(11))).toBe('v11');
  expect(list(numbered(9, 3, 2, 1, 4))).toBe('v1–v4, v9');
  expect(list(numbered(1, 2))).toBe('v1, v2');
  expect(list([])).toBe('');
});

test('a version without a number, or whose number another has too, is named by its file', () => {
  const twin = { id: 'best_models/other.pt', version: 2, twin: true as const };
  expect(list([...numbered(1), twin, { id: 'checkpoints/last.ckpt', version: null }])).toBe(
    'v1, v2 (other.pt), last.ckpt',
  );
});

test('of a long list it is said how many versions are not named', () => {
  expect(list(numbered(1, 3, 5, 7))).toBe('v1, v3, v5 and 1 more');
  expect(list(numbered(1, 2, 3, 4), 13)).toBe('v1–v4 and 9 more');
  expect(listAllVersions({ named: numbered(1, 3, 5, 7), versionCount: 5 })).toBe(
    'v1, v3, v5, v7 and 1 more (5 versions)',
  );
  expect(listAllVersions({ named: numbered(1), versionCount: 1 })).toBe('v1');
});

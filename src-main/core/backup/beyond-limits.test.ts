import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BackupManifest } from './backup-manifest.ts';
import { beyondLimits } from './beyond-limits.ts';

const none = 'none of these';
const day = 24 * 3600 * 1000;
const now = Date.parse('2026-06-30T00:00:00Z');
const agesOf = (list: readonly BackupManifest[]) =>
  new Map(list.map(({ id, created_at }) => [id, now - Date.parse(created_at)]));

function backup(id: string, daysAgo: number, objects: Record<string, number>): BackupManifest {
  const at = new Date(now - daysAgo * day).toISOString();
  const files = Object.entries(objects).map(([name, size]) => ({ path: name, checksum: name, size }));
  const versions = [{ id, files }];
  const told = { label: null, reason: 'by hand', created_at: at, run: '/run', verified_at: at };
  return { format: 1, id, ...told, versions, state: 'verified' };
}

const old = backup('old', 30, { a: 100 });
const middle = backup('middle', 10, { a: 100, b: 50 });
const fresh = backup('fresh', 0, { c: 10 });
const all = [fresh, old, middle];
const ids = (list: BackupManifest[]) => list.map(({ id }) => id);

test('without limits nothing goes', () => {
  expect(beyondLimits(all, { age: null, bytes: null }, agesOf(all), none)).toEqual([]);
});

test('what is older than the limit goes, the oldest first', () => {
  expect(ids(beyondLimits(all, { age: 20 * day, bytes: null }, agesOf(all), none))).toEqual(['old']);
  expect(ids(beyondLimits(all, { age: 5 * day, bytes: null }, agesOf(all), none))).toEqual(['old', 'middle']);
});

test('for how long a backup was there is not told by when it says it was made', () => {
  expect(beyondLimits(all, { age: 5 * day, bytes: null }, new Map([['old', 4 * day]]), none)).toEqual([]);
});

test('bytes that backups share count once', () => {
  expect(beyondLimits(all, { age: null, bytes: 160 }, agesOf(all), none)).toEqual([]);
  expect(ids(beyondLimits(all, { age: null, bytes: 159 }, agesOf(all), none))).toEqual(['old', 'middle']);
});

test('the newest never goes, whatever the limits', () => {
  expect(beyondLimits([old], { age: 0, bytes: 0 }, agesOf([old]), none)).toEqual([]);
});

test('the newest is told by numbers, whatever the clock said', () => {
  const ahead = { ...backup('ahead', -300, { a: 100 }), number: 1 };
  const made = { ...backup('made', 0, { b: 100 }), number: 2 };
  expect(ids(beyondLimits([made, ahead], { age: null, bytes: 150 }, agesOf([made, ahead]), none))).toEqual([
    'ahead',
  ]);
  const { number: _, ...unnumbered } = ahead;
  expect(
    ids(beyondLimits([made, unnumbered], { age: null, bytes: 150 }, agesOf([made, unnumbered]), none)),
  ).toEqual(['ahead']);
});

test('what was just made never goes, whatever the others say of themselves', () => {
  const odd = { ...backup('odd', -300, { a: 100 }), number: 9 };
  const made = backup('made', 0, { b: 100 });
  expect(ids(beyondLimits([made, odd], { age: null, bytes: 150 }, agesOf([made, odd]), 'made'))).toEqual([]);
});

test('whatever the backups and limits, only some of them go, oldest first, and never the newest', () => {
  const some = fc.array(
    fc.record({ daysAgo: fc.integer({ min: 0, max: 50 }), size: fc.integer({ min: 0, max: 100 }) }),
    { maxLength: 8 },
  );
  const limit = fc.option(fc.integer({ min: 0, max: 300 }));
  fc.assert(
    fc.property(some, limit, limit, (list, days, bytes) => {
      const made = list.map(({ daysAgo, size }, index) =>
        backup(`b${index}`, daysAgo, { [`o${index}`]: size }),
      );
      const gone = beyondLimits(made, { age: days === null ? null : days * day, bytes }, agesOf(made), none);
      const newest = made.toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1)).at(-1);
      expect(gone.length === 0 || !gone.includes(newest ?? old)).toBe(true);
      expect(gone).toEqual(gone.toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1)));
      if (days === null && bytes === null) expect(gone).toEqual([]);
    }),
  );
});

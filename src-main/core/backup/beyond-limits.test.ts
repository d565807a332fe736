import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BackupManifest } from './backup-manifest.ts';
import { beyondLimits } from './beyond-limits.ts';

const day = 24 * 3600 * 1000;
const now = Date.parse('2026-06-30T00:00:00Z');

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
  expect(beyondLimits(all, { age: null, bytes: null }, now)).toEqual([]);
});

test('what is older than the limit goes, the oldest first', () => {
  expect(ids(beyondLimits(all, { age: 20 * day, bytes: null }, now))).toEqual(['old']);
  expect(ids(beyondLimits(all, { age: 5 * day, bytes: null }, now))).toEqual(['old', 'middle']);
});

test('bytes that backups share count once', () => {
  expect(beyondLimits(all, { age: null, bytes: 160 }, now)).toEqual([]);
  expect(ids(beyondLimits(all, { age: null, bytes: 159 }, now))).toEqual(['old', 'middle']);
});

test('the newest never goes, whatever the limits', () => {
  expect(beyondLimits([old], { age: 0, bytes: 0 }, now)).toEqual([]);
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
      const gone = beyondLimits(made, { age: days === null ? null : days * day, bytes }, now);
      const newest = made.toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1)).at(-1);
      expect(gone.length === 0 || !gone.includes(newest ?? old)).toBe(true);
      expect(gone).toEqual(gone.toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1)));
      if (days === null && bytes === null) expect(gone).toEqual([]);
    }),
  );
});

import { expect, test } from 'vitest';
import { runPathSchema, stepSchema } from './operation.ts';

const step = { from: 'a.pt', to: 'b.pt', inode: 1, size: 1, over: null, keep: null };
const kept = '.cairn/trash/prune-1/files/b.pt';

test.each(['../a', 'a/../../b', '/etc/passwd', 'a//b', './a', 'a/.', 'a/', '', 'a\0b', '..'])(
  'a record cannot lead out of the run by %j',
  (path) => {
    expect(runPathSchema.safeParse(path).success).toBe(false);
    for (const key of ['from', 'to'])
      expect(stepSchema.safeParse({ ...step, [key]: path }).success).toBe(false);
    expect(stepSchema.safeParse({ ...step, over: 2, keep: `.cairn/trash/${path}/../x` }).success).toBe(false);
  },
);

test.each(['a', 'best_models/a b.pt', '.cairn/trash/x', 'a/..b', 'ä/…'])(
  '%j is a path of the run',
  (path) => {
    expect(runPathSchema.parse(path)).toBe(path);
  },
);

test('a file that is replaced goes to the trash and nowhere else', () => {
  expect(stepSchema.safeParse({ ...step, over: 2, keep: kept }).success).toBe(true);
  for (const wrong of [
    { over: 2, keep: 'best_models/other.pt' },
    { over: 2, keep: null },
    { over: null, keep: kept },
  ])
    expect(stepSchema.safeParse({ ...step, ...wrong }).success).toBe(false);
});

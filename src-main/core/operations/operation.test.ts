import { expect, test } from 'vitest';
import { type Operation, parseOperation, recordText, runPathSchema, stepSchema } from './operation.ts';

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

/** Of each kind of step, with its keys in no particular order, and names that are more than one byte a letter. */
const operation: Operation = {
  format: 1,
  id: '20260101T000000-abcdef',
  number: 7,
  kind: 'trash',
  at: '2026-01-01T00:00:00.000Z',
  who: 'ä\ufffd "me"',
  reason: 'by hand',
  automatic: false,
  versions: ['best_models/m1.pt'],
  bytes: 3,
  steps: [
    { ...step, mtime: 1.5 },
    { ...step, over: 2, keep: kept, replaced: { mtime: 2.25, size: 2 } },
  ],
};

test('a record is read as it was written, and that of another operation is refused', () => {
  const text = recordText(operation);
  expect(parseOperation(text, operation.id)).toEqual(operation);
  expect(() => parseOperation(text, 'other')).toThrow(`it is the record of ${operation.id}`);
});

test('Records agree, or it is told: no bit of a record flips unnoticed', () => {
  const bytes = Buffer.from(recordText(operation));
  const unnoticed = [...Array(bytes.length * 8).keys()].filter((bit) => {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return isRead(flipped.toString());
  });
  expect(unnoticed).toEqual([]);
});

test('a record that is cut, or has more than was written, is refused', () => {
  const text = recordText(operation);
  for (let length = 0; length < text.length; length++) expect(isRead(text.slice(0, length))).toBe(false);
  expect(isRead(`${text}\n`)).toBe(false);
});

test('a record of an older version, without a checksum, is read', () => {
  expect(parseOperation(JSON.stringify(operation), operation.id)).toEqual(operation);
});

function isRead(text: string): boolean {
  try {
    parseOperation(text, operation.id);
    return true;
  } catch {
    return false;
  }
}

import { expect, test, vi } from 'vitest';
import { writeOut } from './write-out.ts';

test('text and UTF-8 are written in order, whatever the length of the pieces', async () => {
  const written: Uint8Array[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((bytes) => {
    written.push(bytes as Uint8Array);
    return true;
  });
  const long = 'é€😀'.repeat(300_000);
  const pieces = ['a', Buffer.from('ü'), long, Buffer.from(long), '', 'z'.repeat(1024 * 1024 + 1), 'end\n'];
  await writeOut(pieces);
  stdout.mockRestore();
  expect(Buffer.concat(written).equals(Buffer.concat(pieces.map((piece) => Buffer.from(piece))))).toBe(true);
});

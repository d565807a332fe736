import { expect, test, vi } from 'vitest';
import { writeOut } from './write-out.ts';

/** @param isTaken whether what was written is taken at once, or waits */
async function writtenOf(pieces: (string | Uint8Array)[], isTaken: boolean): Promise<Buffer> {
  const written: Uint8Array[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((bytes) => {
    written.push(isTaken ? Uint8Array.from(bytes as Uint8Array) : (bytes as Uint8Array));
    return true;
  });
  const waiting = vi.spyOn(process.stdout, 'writableLength', 'get').mockReturnValue(isTaken ? 0 : 1);
  await writeOut(pieces);
  stdout.mockRestore();
  waiting.mockRestore();
  return Buffer.concat(written);
}

test.each([true, false])(
  'text and UTF-8 are written in order, whatever the length of the pieces',
  async (isTaken) => {
    const long = 'é€😀'.repeat(300_000);
    const pieces = ['a', Buffer.from('ü'), long, Buffer.from(long), '', 'z'.repeat(1024 * 1024 + 1), 'end\n'];
    const written = await writtenOf(pieces, isTaken);
    expect(written.equals(Buffer.concat(pieces.map((piece) => Buffer.from(piece))))).toBe(true);
  },
);

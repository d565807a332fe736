import { expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

test('lines are the same wherever the pieces they come in end; what is too long is none, and nothing of it stays', async () => {
  const bytes = Buffer.from('grüße\n\n{"a": 1}\ntoo long for it\nlast');
  for (let size = 1; size <= bytes.length; size += 1) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const lines: (string | null)[] = [];
    for await (const line of readLines(pieces, 10)) lines.push(line);
    expect(lines).toEqual(['grüße', '{"a": 1}', null, 'last']);
  }
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startsOfTexts, TextList } from './text-list.ts';

function textsIn(bytes: Uint8Array): string[] {
  const starts = startsOfTexts(bytes);
  return starts.slice(1).map((next, row) => Buffer.from(bytes.subarray(starts[row], next - 1)).toString());
}

test('texts come back in their order, whatever is in them, given as text or as UTF-8', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 }).map((each) => each.replaceAll('\0', ''));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (texts) => {
      const list = new TextList();
      for (const [index, each] of texts.entries()) list.add(index % 2 === 0 ? each : Buffer.from(each));
      expect(list.count).toBe(texts.length);
      expect(textsIn(list.take())).toEqual(texts);
    }),
    { seed: 1 },
  );
});

test('there is room for any, and what was taken is in memory of its own', () => {
  const list = new TextList();
  const long = '€'.repeat(100_000);
  for (const text of ['', long, 'a']) list.add(text);
  const taken = list.take();
  expect(taken.buffer.byteLength).toBe(taken.length);
  list.add('another');
  expect(textsIn(taken)).toEqual(['', long, 'a']);
  expect(list.count).toBe(1);
  expect(textsIn(list.take())).toEqual(['another']);
});

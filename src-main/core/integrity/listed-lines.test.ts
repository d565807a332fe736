import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesAbout, withLines, withoutLines } from './listed-lines.ts';

const sum = 'a'.repeat(64);
const lineOf = (name: string, checksum = sum) => `${checksum}  ${name}\n`;
const text = (list: Buffer) => list.toString('latin1');

test('lines that were taken out come back to their places, whichever they are', () => {
  const line = fc.tuple(fc.constantFrom('a.pt', 'b.pt', 'c/d.pt'), fc.constantFrom('a', 'b'));
  fc.assert(
    fc.property(fc.array(line), fc.subarray(['a.pt', 'b.pt', 'c/d.pt']), (lines, names) => {
      const list = Buffer.from(lines.map(([name, letter]) => lineOf(name, letter.repeat(64))).join(''));
      const gone = linesAbout(list, (name) => names.includes(name));
      const rest = withoutLines(list, gone);
      expect(linesAbout(rest, (name) => names.includes(name))).toEqual([]);
      expect(withoutLines(rest, gone)).toEqual(rest);
      expect(withLines(rest, gone)).toEqual(list);
      expect(withLines(list, gone)).toEqual(list);
    }),
  );
});

test('what was added meanwhile stays, and lines whose places are gone come to the end', () => {
  const list = Buffer.from(lineOf('a.pt') + lineOf('b.pt') + lineOf('c.pt'));
  const gone = linesAbout(list, (name) => name === 'c.pt');
  expect(text(withLines(Buffer.from(lineOf('x.pt')), gone))).toBe(lineOf('x.pt') + lineOf('c.pt'));
  expect(text(withLines(Buffer.alloc(0), gone))).toBe(lineOf('c.pt'));
});

test('lines of others, whatever their names are encoded in, and what is no line stay to the byte', () => {
  const theirs = Buffer.from(
    `${sum}  mod\xe8le.pt\nrubbish\n${sum} *./b.pt\r\n\\${sum}  c\\nd.pt\n`,
    'latin1',
  );
  const gone = linesAbout(theirs, () => true);
  expect(gone.map(({ at }) => at)).toEqual([2, 3]);
  expect(text(withoutLines(theirs, gone))).toBe(`${sum}  mod\xe8le.pt\nrubbish\n`);
  expect(withLines(withoutLines(theirs, gone), gone)).toEqual(theirs);
});

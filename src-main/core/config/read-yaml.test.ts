import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { explainYaml, readYaml } from './read-yaml.ts';

function read(text: string): unknown {
  const path = join(temporaryFolder(), 'a.yaml');
  writeFileSync(path, text);
  return readYaml(path);
}

function whyNot(text: string): string {
  try {
    return `read: ${JSON.stringify(read(text))}`;
  } catch (error) {
    return explainYaml(error);
  }
}

test.each([
  ['at the top', 'a: 1\nb: 2\na: 3\n'],
  ['further down', 'b:\n  - {a: 1, "a": 2}\n'],
])('a key that stands twice is refused by its name: %s', (_, text) => {
  expect(whyNot(text)).toBe('the key a stands twice');
});

test('a text is no number, and a key may stand once in each of several places', () => {
  expect(read('1: a\n"1": b\nc: {a: 1}\nd: {a: 2}\n')).toEqual({ 1: 'b', c: { a: 1 }, d: { a: 2 } });
});

test('what it is broken by is told in one line', () => {
  expect(whyNot('a: [1\n')).toMatch(/^[^\n]+ at line 2/);
});

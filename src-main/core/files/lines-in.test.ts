import { expect, test } from 'vitest';
import { linesIn } from './lines-in.ts';

test('lines are told one after another, the last one without an end too; empty ones are none', () => {
  expect([...linesIn('')]).toEqual([]);
  expect([...linesIn('\n\n')]).toEqual([]);
  expect([...linesIn('a\n\nb c\r\nd')]).toEqual(['a', 'b c\r', 'd']);
});

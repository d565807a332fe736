import { expect, test } from 'vitest';
import { savedAt } from './saved-at.ts';

test.each([
  ['2024-10-01@12:00:00', '2024-10-01T12:00:00'],
  ['2024-10-01 12:00:00', null],
  ['yesterday', null],
  [20241001, null],
])('what Keras writes is a time, nothing else is: %j', (written, time) => {
  expect(savedAt({ keras_version: '3.5.0', date_saved: written })).toBe(time);
});

test('an archive without that says no time', () => {
  expect(savedAt({ keras_version: '3.5.0' })).toBeNull();
  expect(savedAt(null)).toBeNull();
});

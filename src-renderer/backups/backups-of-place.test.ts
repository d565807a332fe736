import { expect, test } from 'vitest';
import { fromPlace, whileIn } from './backups-of-place.ts';

const backups = { ok: true, value: { backups: [], problems: [], unclaimed: 0 } } as const;
const askAgain = () => undefined;

function answerOf(place: string | null, waiting: boolean) {
  const result = fromPlace(place, { ...backups, value: { backups: [], problems: [], unclaimed: 0 } });
  return { value: result.ok ? result.value : null, failure: null, waiting, askAgain };
}

test('while backups of another folder are read, those of the one before are not there to act on', () => {
  expect(whileIn('disk', answerOf(null, true)).value).toBeNull();
  expect(whileIn(null, answerOf('disk', true)).value).toBeNull();
  expect(whileIn('disk', answerOf('disk', false)).value).toMatchObject({ backups: [], place: 'disk' });
});

test('while those of the same folder are read again, they stay', () => {
  expect(whileIn('disk', answerOf('disk', true)).value).toMatchObject({ place: 'disk' });
});

test('that a folder could not be read is not told of the next one, which is being read', () => {
  const failure = { code: 'Usage', message: 'cannot read it', path: null } as const;
  const failed = fromPlace('disk', { ok: false, failure });
  expect(failed).toEqual({ ok: false, failure });
  expect(whileIn(null, { value: null, failure, waiting: true, askAgain }).failure).toBeNull();
  expect(whileIn('disk', { value: null, failure, waiting: false, askAgain }).failure).toEqual(failure);
});

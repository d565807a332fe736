import { expect, test } from 'vitest';
import { describeProgress, rateOf } from './progress.ts';

test('progress says bytes of bytes, speed and time left', () => {
  expect(describeProgress({ bytesDone: 1.2e9, bytesTotal: 2e9, seconds: 3 })).toBe(
    '1.20 GB of 2.00 GB · 400 MB/s · 2 s left',
  );
});

test('no speed and no time left are made up before there is anything to go by', () => {
  expect(rateOf({ bytesDone: 5, bytesTotal: 9, seconds: 0.1 })).toBeNull();
  expect(describeProgress({ bytesDone: 0, bytesTotal: 2e9, seconds: 9 })).toBe('0 bytes of 2.00 GB');
});

test('a file that grew while it was read leaves no time, not a negative one', () => {
  expect(describeProgress({ bytesDone: 3e6, bytesTotal: 2e6, seconds: 1 })).toContain('· 0 s left');
});

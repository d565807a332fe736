import { expect, test } from 'vitest';
import { describeProgress, describeShare, rateOf, shareOf } from './progress.ts';

const nothing = { bytesDone: 0, bytesTotal: 0, filesDone: 0, filesTotal: 0, partSeconds: 0 };

test('progress says bytes of bytes, speed and time left', () => {
  expect(describeProgress({ ...nothing, bytesDone: 1.2e9, bytesTotal: 2e9, partSeconds: 3 })).toBe(
    '1.20 GB of 2.00 GB · 400 MB/s · 2 s left',
  );
});

test('no speed and no time left are made up before there is anything to go by', () => {
  expect(rateOf({ ...nothing, bytesDone: 5, bytesTotal: 9, partSeconds: 0.1 })).toBeNull();
  expect(describeProgress({ ...nothing, bytesTotal: 2e9, partSeconds: 9 })).toBe('0 bytes of 2.00 GB');
  expect(describeProgress({ ...nothing, filesTotal: 4, partSeconds: 9 })).toBe('');
  expect([describeShare(nothing), shareOf(nothing)]).toEqual(['', null]);
});

test('a file that grew while it was read leaves no time, and none is told', () => {
  expect(describeProgress({ ...nothing, bytesDone: 3e6, bytesTotal: 2e6, partSeconds: 1 })).toBe(
    '3.00 MB of 2.00 MB · 3.0 MB/s',
  );
});

test('what is slow has its speed in the unit that shows it', () => {
  expect(describeProgress({ ...nothing, bytesDone: 29_000, bytesTotal: 58_000, partSeconds: 1 })).toBe(
    '29.0 kB of 58.0 kB · 29.0 kB/s · 1 s left',
  );
});

test('what is read to its end says so, and no time that is left', () => {
  const done = { ...nothing, bytesDone: 2e6, bytesTotal: 2e6, partSeconds: 1 };
  expect(describeShare(done)).toBe('100%');
});

test('where files alone are counted, as the runs of a benchmark, the time left goes by them', () => {
  const running = { ...nothing, filesDone: 2, filesTotal: 10, partSeconds: 30 };
  expect([describeProgress(running), describeShare(running)]).toEqual([
    '2 min 0 s left',
    '20% · 2 min 0 s left',
  ]);
});

import { availableParallelism } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { chooseReadingThreads, readingThreads } from './reading-threads.ts';

afterEach(() => chooseReadingThreads(null));

test('one thread per core reads, unless a person chose otherwise; what is asked for once goes before', () => {
  expect(readingThreads(1000)).toBe(availableParallelism());
  chooseReadingThreads(7);
  expect(readingThreads(1000)).toBe(7);
  expect(readingThreads(3)).toBe(3);
  expect(readingThreads(1000, 2)).toBe(2);
  expect(readingThreads(0)).toBe(1);
});

test('what is read without threads goes by the same number', async () => {
  const atOnce = async () => {
    let [now, most] = [0, 0];
    await fewAtATime([...Array(20).keys()], async () => {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
    });
    return most;
  };
  expect(await atOnce()).toBe(8);
  chooseReadingThreads(1);
  expect(await atOnce()).toBe(1);
  chooseReadingThreads(64);
  expect(await atOnce()).toBe(8);
});

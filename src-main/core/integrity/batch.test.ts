import { expect, onTestFinished, test, vi } from 'vitest';
import { Batch } from './batch.ts';

test('what comes close together is passed on together, soon, in order, and none twice', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const passed: number[][] = [];
  const batch = new Batch<number>((items) => passed.push(items));
  batch.add(1);
  batch.add(2);
  vi.advanceTimersByTime(100);
  batch.add(3);
  vi.advanceTimersByTime(100);
  batch.add(4);
  batch.flush();
  batch.flush();
  vi.advanceTimersByTime(1000);
  expect(passed).toEqual([[1, 2], [3], [4]]);
});

test('where passing on takes long it is done less often, so that most of the time is left for others', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let passedOn = 0;
  const batch = new Batch<number>(() => {
    passedOn += 1;
    vi.advanceTimersByTime(50);
  });
  for (let each = 0; each < 1000; each += 1) {
    batch.add(each);
    vi.advanceTimersByTime(10);
  }
  const share = (passedOn * 50) / (10_000 + passedOn * 50);
  expect(share).toBeLessThan(0.22);
  expect(passedOn).toBeGreaterThan(20);
});

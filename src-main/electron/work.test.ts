import { expect, test, vi } from 'vitest';
import { Works } from './work.ts';

const forever = ({ signal }: { signal: AbortSignal }) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('what work comes to is told once, as JSON', async () => {
  const works = new Works(() => undefined);
  const id = works.start('run', async () => ({ mean: Number.NaN }));
  expect(await works.finish(id)).toBe('{"mean":"NaN"}');
  await expect(works.finish(id)).rejects.toThrow('no such work');
});

test('cancelled work comes to nothing, and its failure is not told', async () => {
  const works = new Works(() => undefined);
  const id = works.start('run', forever);
  works.cancel(id);
  expect(await works.finish(id)).toBeNull();
});

test('closing a run cancels its work and no other', async () => {
  const works = new Works(() => undefined);
  const [own, other] = [works.start('a', forever), works.start('b', forever)];
  works.cancelRun('a');
  expect(await works.finish(own)).toBeNull();
  works.cancelAll();
  expect(await works.finish(other)).toBeNull();
});

test('a failure is told to whoever asks for the result', async () => {
  const works = new Works(() => undefined);
  const id = works.start('run', () => Promise.reject(new Error('the disk is gone')));
  await expect(works.finish(id)).rejects.toThrow('the disk is gone');
});

test('progress is told while work goes on, and never after', async () => {
  const tell = vi.fn();
  const works = new Works(tell);
  const id = works.start('run', async ({ onBytes, expect: expectBytes }) => {
    expectBytes(10);
    onBytes(4);
    await vi.waitFor(() => expect(tell).toHaveBeenCalledWith({ taskId: id, bytesDone: 4, bytesTotal: 10 }));
  });
  await works.finish(id);
  const told = tell.mock.calls.length;
  await new Promise((done) => setTimeout(done, 150));
  expect(tell).toHaveBeenCalledTimes(told);
});

test('work that nobody asks after does not pile up', async () => {
  const works = new Works(() => undefined);
  const ids = Array.from({ length: 9 }, () => works.start('run', forever));
  await expect(works.finish(ids[0] ?? '')).rejects.toThrow('no such work');
  works.cancelAll();
  expect(await works.finish(ids[8] ?? '')).toBeNull();
});

import { expect, onTestFinished, test, vi } from 'vitest';
import { type EndSignal, endOnSignals } from './end-on-signals.ts';

const soon = 15_000;

/** What listens for signals, and what it did; the process does not end of it. */
function listen(end: (signal: EndSignal) => Promise<void>) {
  const before = process.exitCode;
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
  const hurry = vi.fn();
  const stop = endOnSignals({ end, hurry });
  onTestFinished(() => {
    stop();
    exit.mockRestore();
    process.exitCode = before;
  });
  const send = (signal: EndSignal) => process.listeners(signal).at(-1)?.(signal);
  return { exit, hurry, stop, send };
}

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s ends the process with %d, once the end is done', async (signal, code) => {
  let finish: () => void = () => undefined;
  const end = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const { exit, send } = listen(end);
  send(signal);
  expect(end).toHaveBeenCalledExactlyOnceWith(signal);
  expect(process.exitCode).toBe(code);
  expect(exit).not.toHaveBeenCalled();
  finish();
  await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(code), soon);
});

test('another signal hurries the end, and does not begin it again', () => {
  const end = vi.fn(() => new Promise<void>(() => undefined));
  const { hurry, send } = listen(end);
  for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM'] as const) send(signal);
  expect(end).toHaveBeenCalledTimes(1);
  expect(hurry).toHaveBeenCalledTimes(2);
});

test('an end that fails ends the process too', async () => {
  const { exit, send } = listen(() => Promise.reject(new Error('the disk is gone')));
  send('SIGTERM');
  await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(143), soon);
});

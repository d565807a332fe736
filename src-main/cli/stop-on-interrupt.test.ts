import { expect, onTestFinished, test, vi } from 'vitest';
import { exitCodes } from './exit-codes.ts';
import { runCommand } from './run-command.ts';
import { stopUndone } from './stop-on-interrupt.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** @returns what takes away whoever listens to signals since */
function listenersSince(): () => void {
  const known = new Set(signals.flatMap((name) => process.listeners(name)));
  return () => {
    for (const name of signals)
      for (const listener of process.listeners(name).filter((each) => !known.has(each)))
        process.off(name, listener);
  };
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'a command that is stopped by %s says that nothing was changed, and ends with %d',
  async (name, code) => {
    const before = process.exitCode;
    const said: string[] = [];
    const stderr = vi
      .spyOn(process.stderr, 'write')
      .mockImplementation((text) => said.push(String(text)) > 0);
    const dropListeners = listenersSince();
    onTestFinished(() => {
      stderr.mockRestore();
      process.exitCode = before;
      dropListeners();
    });
    const signal = stopUndone('save');
    process.emit(name);
    await runCommand(false, () => {
      signal.throwIfAborted();
      return exitCodes.done;
    });
    expect(process.exitCode).toBe(code);
    expect(said).toEqual([
      'cairn: the save was stopped — it was interrupted — nothing was changed: run it again\n',
    ]);
  },
);

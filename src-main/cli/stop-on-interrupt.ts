import { ModelManagerError } from '../core/errors.ts';

/** A signal that aborts once the program is interrupted or told to end; a second time ends it at once. */
export function stopOnInterrupt(reason?: Error): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(reason));
  return stop.signal;
}

/** What a command that writes ends with once it was stopped: its exit code is what a shell makes of the signal. */
export class Interrupted extends ModelManagerError {
  readonly exitCode: number;

  constructor(command: string, exitCode: number) {
    super(`the ${command} was stopped — it was interrupted — nothing was changed: run it again`);
    this.exitCode = exitCode;
  }
}

/** A signal that has a command that writes take back what it has begun, as long as it can; a second time ends the program at once. */
export function stopUndone(command: string): AbortSignal {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Interrupted(command, 130)));
  process.once('SIGTERM', () => stop.abort(new Interrupted(command, 143)));
  return stop.signal;
}

/**
 * The same for what must be brought to its end before the program ends: after the first signal no other changes anything, and a terminal that
 * closes is one too.
 */
export function stopInOrder(reason: Error): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort(reason));
  return stop.signal;
}

import { ModelManagerError } from '../core/errors.ts';

/** What a shell makes of a signal that ends a program. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const asked = ['SIGINT', 'SIGTERM'] as const;

/** What a command ends with once it was stopped. */
export class Interrupted extends ModelManagerError {
  readonly exitCode: number;

  constructor(message: string, signal: keyof typeof exitCodes) {
    super(message);
    this.exitCode = exitCodes[signal];
  }
}

/** A signal that aborts once the program is interrupted or told to end, for what ends well then; a second time ends it at once. */
export function untilInterrupted(): AbortSignal {
  const stop = new AbortController();
  for (const signal of asked) process.once(signal, () => stop.abort());
  return stop.signal;
}

/** The same for a command that comes to nothing then. @param message `<what> — it was interrupted — <what to do>` */
export function stopOnInterrupt(message: string): AbortSignal {
  const stop = new AbortController();
  for (const signal of asked) process.once(signal, () => stop.abort(new Interrupted(message, signal)));
  return stop.signal;
}

/** The same for a command that writes: it takes back what it has begun, as long as it can, and else comes to its end. */
export function stopUndone(command: string): AbortSignal {
  return stopOnInterrupt(
    `the ${command} was stopped — it was interrupted — nothing was changed: run it again`,
  );
}

/**
 * The same for what must be brought to its end before the program ends: after the first signal no other changes anything, and a terminal that
 * closes is one too.
 */
export function stopInOrder(message: string): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stop.abort(new Interrupted(message, signal)));
  return stop.signal;
}

/** A signal that aborts once the program is interrupted or told to end; a second time ends it at once. */
export function stopOnInterrupt(reason?: Error): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(reason));
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

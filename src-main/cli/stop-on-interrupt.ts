/** A signal that aborts once the program is interrupted or told to end; a second time ends it at once. */
export function stopOnInterrupt(reason?: Error): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(reason));
  return stop.signal;
}

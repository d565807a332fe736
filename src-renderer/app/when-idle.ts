/**
 * Does something once there is nothing else to do.
 * @param patience at the latest after so many milliseconds; by default it waits as long as it takes
 * @returns what takes that back
 */
export function whenIdle(work: () => void, patience?: number): () => void {
  const idle = requestIdleCallback(work, patience === undefined ? {} : { timeout: patience });
  return () => cancelIdleCallback(idle);
}

/**
 * Reads code that is likely to be asked for, one part after the other, each once there is nothing else to do: what a person does meanwhile goes
 * before it. What cannot be read is asked for again by whoever shows it.
 * @returns what stops that before the next part
 */
export function readAhead(parts: readonly (() => Promise<unknown>)[]): () => void {
  const [next, ...later] = parts;
  if (!next) return () => undefined;
  let isStopped = false;
  const goOn = () => {
    if (!isStopped) stop = readAhead(later);
  };
  let stop = whenIdle(() => void next().then(goOn, goOn));
  return () => {
    isStopped = true;
    stop();
  };
}

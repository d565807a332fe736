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
 * Goes through long work step by step, each once there is nothing else to do.
 * @param patience for each step, as {@link whenIdle} takes it
 * @returns what stops that before the next step
 */
export function inIdleSteps<Result>(
  steps: Iterator<unknown, Result>,
  done: (result: Result) => void,
  patience?: number,
): () => void {
  const goOn = () => {
    const step = steps.next();
    if (step.done) done(step.value);
    else stop = whenIdle(goOn, patience);
  };
  let stop = whenIdle(goOn, patience);
  return () => stop();
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

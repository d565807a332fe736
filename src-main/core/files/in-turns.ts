import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many things are gone through before others have a turn; where each is a call of the system, that is some milliseconds. */
const manyInOneGo = 500;

/**
 * Many things, some at a time: in between whatever else is due in this thread has its turn.
 * @param inOneGo fewer where each takes several calls of the system @throws the signal's reason
 */
export async function* inTurns<T>(
  all: Iterable<T>,
  signal?: AbortSignal,
  inOneGo = manyInOneGo,
): AsyncGenerator<readonly T[]> {
  let some: T[] = [];
  for (const one of all) {
    some.push(one);
    if (some.length < inOneGo) continue;
    yield some;
    some = [];
    await nextTurn();
    signal?.throwIfAborted();
  }
  if (some.length > 0) yield some;
}

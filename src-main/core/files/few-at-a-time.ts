import { filesAtOnce } from '../workers/reading-threads.ts';

/** Of thousands of files at once each would need to be open; one by one, most of the time is spent waiting. */
const few = 8;

/** Does this work for each item, a few at a time. @returns what came of each, in their order @throws the first failure, once nothing is at work any more */
export async function fewAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const turns = items.entries();
  const failures: unknown[] = [];
  const takeTurns = async () => {
    for (const [index, item] of turns) {
      if (failures.length > 0) return;
      await work(item).then(
        (result) => {
          results[index] = result;
        },
        (error: unknown) => failures.push(error),
      );
    }
  };
  await Promise.all(Array.from({ length: filesAtOnce(few) }, takeTurns));
  if (failures.length > 0) throw failures[0];
  return results;
}

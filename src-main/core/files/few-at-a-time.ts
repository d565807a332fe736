import { filesAtOnce } from '../workers/reading-threads.ts';

/** Of thousands of files at once each would need to be open; one by one, most of the time is spent waiting. */
const few = 8;

/** Does this work for each item, a few at a time. @returns what came of each, in their order @throws the first failure */
export async function fewAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const turns = items.entries();
  let failed = false;
  const takeTurns = async () => {
    for (const [index, item] of turns) {
      if (failed) return;
      results[index] = await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: filesAtOnce(few) }, takeTurns));
  return results;
}

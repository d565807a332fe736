import { z } from 'zod';
import { ownPlace } from '../lock/claim-folder.ts';
import { readText } from './read-text.ts';
import { replaceText } from './write-text.ts';

/**
 * A clock that nobody sets: `at` counts milliseconds since some time that is the same as long as `place` is, which is one start of a machine where
 * the system tells that, else the machine by its name.
 */
export interface SteadyClock {
  place: string;
  at: number;
}

/** `counted` are the milliseconds that have surely passed since the first look, `since` what that was when each was first seen, by id. */
const agesSchema = z.strictObject({
  counted: z.number().min(0),
  last: z.strictObject({ place: z.string(), at: z.number() }),
  since: z.record(z.string(), z.number()),
});
export type Ages = z.infer<typeof agesSchema>;

const minute = 60_000;
const limit = 16 * 1024 * 1024;

/** Source: hrtime counts from the start of the machine on Linux, macOS and Windows; not while it sleeps. */
export function steadyClock(): SteadyClock {
  const { boot, host } = ownPlace;
  return { place: boot === '' ? host : boot, at: Number(process.hrtime.bigint() / 1_000_000n) };
}

/**
 * For how long, in milliseconds, each of these has surely been there, by a file that remembers it. The time of day is not asked: set forward, it would end every wait
 * at once. Time counts from one look to the next while the machine runs on; what passed while it was off, or while others wrote from
 * elsewhere, is left out, so that a wait may take longer, and never ends early.
 */
export function steadyAges(
  path: string,
  ids: readonly string[],
  now: SteadyClock = steadyClock(),
): ReadonlyMap<string, number> {
  const before = readAges(path) ?? { counted: 0, last: now, since: {} };
  const ages = countOn(before, ids, now);
  if (isWorthWriting(before, ages)) keepAges(path, ages);
  return new Map(ids.map((id) => [id, ages.counted - (ages.since[id] ?? ages.counted)]));
}

/** A save looks more than once. What has passed since is not lost: the next look counts it. */
function isWorthWriting(before: Ages, ages: Ages): boolean {
  const isNew = (id: string) => !Object.hasOwn(before.since, id);
  const isOther = before.last.place !== ages.last.place || ages.last.at < before.last.at;
  return isOther || ages.counted - before.counted > minute || Object.keys(ages.since).some(isNew);
}

function keepAges(path: string, ages: Ages): void {
  try {
    replaceText(path, JSON.stringify(ages));
  } catch {
    // Where it cannot be written, the wait takes longer.
  }
}

/** What is known once these were seen at this time; of others nothing is. */
export function countOn({ counted, last, since }: Ages, ids: readonly string[], now: SteadyClock): Ages {
  const passed = last.place === now.place ? Math.max(0, now.at - last.at) : 0;
  const sum = counted + passed;
  const first = (id: string) => (Object.hasOwn(since, id) ? Math.min(since[id] ?? sum, sum) : sum);
  return { counted: sum, last: now, since: Object.fromEntries(ids.map((id) => [id, first(id)])) };
}

/** Without it everything is taken for seen now. */
function readAges(path: string): Ages | null {
  try {
    return agesSchema.parse(JSON.parse(readText(path, limit)));
  } catch {
    return null;
  }
}

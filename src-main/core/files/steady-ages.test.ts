import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ages, countOn, type SteadyClock, steadyAges, steadyClock } from './steady-ages.ts';
import { temporaryFolder } from './temporary-folder.fixture.ts';

const day = 24 * 3600 * 1000;

const someFile = () => join(temporaryFolder(), 'ages.json');

test('what is there ages as long as the machine runs, from when it was first seen', () => {
  const path = someFile();
  steadyAges(path, ['a'], { place: 'here', at: 0 });
  steadyAges(path, ['a', 'b'], { place: 'here', at: 3 * day });
  const ages = steadyAges(path, ['a', 'b'], { place: 'here', at: 5 * day });
  expect([ages.get('a'), ages.get('b')]).toEqual([5 * day, 2 * day]);
});

test('what passed while the machine was off does not count, nor what it cannot know', () => {
  const path = someFile();
  steadyAges(path, ['a'], { place: 'first start', at: 3 * day });
  steadyAges(path, ['a'], { place: 'second start', at: 90 * day });
  expect(steadyAges(path, ['a'], { place: 'second start', at: 91 * day }).get('a')).toBe(day);
});

test('whatever bit of what is known flips, and wherever it is cut, nothing fails', () => {
  const path = someFile();
  steadyAges(path, ['a'], { place: 'here', at: 0 });
  const text = readFileSync(path);
  for (let at = 0; at < text.length; at += 1) {
    writeFileSync(path, text.subarray(0, at));
    expect(steadyAges(path, ['a'], { place: 'here', at: day }).get('a')).toBe(0);
  }
});

/** One thing that happens to a run which two machines write to. */
const anyEvent = fc.record({
  /** True milliseconds since what happened before. */
  passes: fc.integer({ min: 0, max: 10 * day }),
  machine: fc.constantFrom('a', 'b'),
  starts: fc.boolean(),
  /** For how long the machine has run by then, if it was not seen since. */
  uptime: fc.integer({ min: 0, max: 100 * day }),
  prunes: fc.boolean(),
});
type Event = typeof anyEvent extends fc.Arbitrary<infer T> ? T : never;

/** Two machines, of which each has been started at some true time, and tells how long it has run, whatever its time of day says. */
class Machines {
  readonly #started = new Map<string, { count: number; at: number }>();

  clock({ machine, starts, uptime }: Event, now: number): SteadyClock {
    const last = this.#started.get(machine);
    const isSame = last !== undefined && !starts;
    const at = Math.max(last?.at ?? -Infinity, now - uptime);
    const { count, at: since } = isSame ? last : { count: (last?.count ?? 0) + 1, at };
    this.#started.set(machine, { count, at: since });
    return { place: `${machine} ${count}`, at: now - since };
  }
}

/** By how much each operation is held for older than it is after each event, in milliseconds. */
function excesses(events: readonly Event[]): number[] {
  const machines = new Machines();
  const pruned = new Map<string, number>();
  const found: number[] = [];
  let ages: Ages | null = null;
  let now = 0;
  for (const [index, event] of events.entries()) {
    now += event.passes;
    if (event.prunes) pruned.set(`operation ${index}`, now);
    const clock = machines.clock(event, now);
    const known: Ages = countOn(ages ?? { counted: 0, last: clock, since: {} }, [...pruned.keys()], clock);
    const [counted, then] = [known.counted, now];
    found.push(...Array.from(pruned, ([id, at]) => counted - Number(known.since[id]) - (then - at)));
    ages = known;
  }
  return found;
}

test('Acknowledged is kept: whatever the time of day says, and whenever machines start, nothing is held for older than it is', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      expect(excesses(events).filter((excess) => excess > 0)).toEqual([]);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('the clock goes on, and not by the time of day', () => {
  const before = steadyClock();
  const after = steadyClock();
  expect(after.place).toBe(before.place);
  expect(after.at).toBeGreaterThanOrEqual(before.at);
});

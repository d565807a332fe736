import { setTimeout as sleep } from 'node:timers/promises';
import { holder, holderText, lockedBy } from './lock-run.ts';

/** What holds the lock for others in the row: since when, in milliseconds of this process, and what would stand in the lock's file. */
interface AtWork {
  since: number;
  text: string;
}

/** Does something that has the lock by now. */
type Working = <T>(command: string, work: () => Promise<T>) => Promise<T>;

/** At least and at most so long, in milliseconds, until the row is looked at again: no timer waits for longer than 24 days. */
const [rest, longRest] = [20, 60_000];

/**
 * What is done one after another, in the order in which it was asked for. Nobody waits for ever: behind one that has been at work for as long as a lock is
 * waited for the others give up. One that waits for the lock itself ends by that.
 */
export class Row {
  #last: Promise<unknown> = Promise.resolve();
  #atWork: AtWork | null = null;

  /**
   * @param wait milliseconds
   * @param path of the lock, for the error
   * @param turn is begun when all before it ended
   * @throws RunIsLockedError that names what it waited for
   */
  take<T>(wait: number, path: string, turn: (working: Working) => Promise<T>): Promise<T> {
    const before = this.#last;
    const done = this.#untilEnded(before, wait, path).then(() => turn(this.#working));
    // What came of them is let go: each would hold what came of all before it.
    this.#last = Promise.allSettled([before, done]).then(() => undefined);
    return done;
  }

  readonly #working: Working = async (command, work) => {
    this.#atWork = { since: performance.now(), text: holderText(command) };
    try {
      return await work();
    } finally {
      this.#atWork = null;
    }
  };

  async #untilEnded(before: Promise<unknown>, wait: number, path: string): Promise<void> {
    const asked = performance.now();
    const ended = before.then(() => true);
    // What has ended by now is not waited for.
    while (!(await Promise.race([ended, this.#untilLate(asked, wait)]))) {
      const { since = Number.POSITIVE_INFINITY, text = '' } = this.#atWork ?? {};
      if (performance.now() - Math.max(asked, since) >= wait) throw lockedBy('the run', holder(text), path);
    }
  }

  /** Until what is at work would be so for too long. */
  async #untilLate(asked: number, wait: number): Promise<false> {
    const since = Math.max(asked, this.#atWork?.since ?? performance.now());
    const left = since + wait - performance.now();
    await sleep(Math.min(longRest, Math.max(rest, left)), undefined, { ref: false });
    return false;
  }
}

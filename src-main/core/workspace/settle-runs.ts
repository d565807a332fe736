import { endWaitingReaders } from '../integrity/integrity-pool.ts';
import { settleBadges } from '../integrity/settle-badges.ts';
import type { RunReader } from '../run-reader.ts';

/** More files of one run without a sidecar than this are not opened: there may be thousands of runs. */
const mostBare = 20;

/** Makes sure of the best and the latest of run after run, as a list of it does, in one thread for all of them. */
export class RunSettling {
  readonly #options: { jobs: number; isMoreDue: boolean; signal?: AbortSignal };
  #last: Promise<unknown> = Promise.resolve();

  constructor(signal: AbortSignal | undefined) {
    this.#options = { jobs: 1, isMoreDue: true, ...(signal ? { signal } : {}) };
  }

  /** @returns how many files without a sidecar were not opened @throws the signal's reason */
  settle(run: RunReader): Promise<number> {
    const settled = this.#last.then(() => this.#settleNow(run));
    this.#last = settled.catch(() => undefined);
    return settled;
  }

  /** Once all that was begun is over. */
  async end(): Promise<void> {
    await this.#last;
    await endWaitingReaders();
  }

  #settleNow(run: RunReader): Promise<number> {
    const check = (ids: readonly string[]) => run.checkStructures(ids, this.#options);
    return settleBadges(
      {
        get badges() {
          return run.badges;
        },
        get metric() {
          return run.metric;
        },
        list: () => run.list(),
        bareIds: () => run.bareIds(),
        readOwnRecords: check,
        checkStructures: check,
      },
      mostBare,
    );
  }
}

import type { ShownBenchmark, ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import { mostListed } from '../../shared/model/benchmark.ts';
import type { BenchmarkResult } from '../core/benchmark/benchmark-runner.ts';
import { type FinishedRun, valuesOf } from '../core/benchmark/summarise-runs.ts';

/** How far a benchmark of a run is, and what it came to, for as long as the run is open and no other is begun. */
export class OpenBenchmark {
  readonly #subjects: Map<string, ShownSubject>;
  readonly #shown: Omit<ShownBenchmark, 'taskId' | 'subjects'>;
  readonly ids: readonly string[];
  taskId = '';

  /** @param versions their ids, and the handles that the window has of them */
  constructor(command: string, seeds: readonly number[], versions: ReadonlyMap<string, number>) {
    this.#subjects = new Map(
      [...versions].map(([id, version]) => [
        id,
        { version, id, done: 0, failed: 0, failure: null, values: {}, unrecorded: null },
      ]),
    );
    this.ids = [...this.#subjects.keys()];
    const sums = { versions: this.ids.length, done: 0, failed: 0 };
    this.#shown = { command, seeds: [...seeds], state: 'running', message: null, notices: [], sums };
  }

  /** Also while what was stopped is being ended. */
  get isRunning(): boolean {
    return this.#shown.state === 'running';
  }

  add({ id, seed, failure }: FinishedRun): void {
    const subject = this.#subjects.get(id);
    if (!subject) return;
    const { sums } = this.#shown;
    subject.done += 1;
    sums.done += 1;
    if (failure === null) return;
    subject.failed += 1;
    sums.failed += 1;
    subject.failure = `seed ${seed}: ${failure}`;
  }

  end({ versions, notices }: BenchmarkResult): void {
    this.#shown.state = 'done';
    this.#shown.notices = notices;
    for (const { id, runs, unrecorded } of versions) {
      const values = [...valuesOf(runs)].map(([name, bySeed]) => [name, [...bySeed]] as const);
      const subject = this.#subjects.get(id);
      if (subject) Object.assign(subject, { values: Object.fromEntries(values), unrecorded });
    }
  }

  stop(isCancelled: boolean, message: string): void {
    this.#shown.state = isCancelled ? 'cancelled' : 'failed';
    this.#shown.message = isCancelled ? null : message;
  }

  show(): ShownBenchmark {
    const all = [...this.#subjects.values()];
    const subjects = this.#shown.state === 'done' ? all : all.slice(0, mostListed);
    return { ...this.#shown, taskId: this.taskId, subjects };
  }
}

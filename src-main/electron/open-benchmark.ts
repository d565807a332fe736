import type { ShownBenchmark, ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import type { BenchmarkedVersion, BenchmarkResult } from '../core/benchmark/benchmark-runner.ts';
import type { FinishedRun } from '../core/benchmark/summarise-runs.ts';

/** How far a benchmark of a run is, and what it came to, for as long as the run is open and no other is begun. */
export class OpenBenchmark {
  readonly #subjects: Map<string, ShownSubject>;
  readonly #shown: Omit<ShownBenchmark, 'taskId' | 'subjects'>;
  taskId = '';

  /** @param versions their ids, and the handles that the window has of them */
  constructor(command: string, seeds: readonly number[], versions: ReadonlyMap<string, number>) {
    this.#shown = { command, seeds: [...seeds], state: 'running', message: null, notices: [] };
    this.#subjects = new Map(
      [...versions].map(([id, version]) => [
        id,
        { version, id, done: 0, failed: 0, failure: null, values: {}, unrecorded: null },
      ]),
    );
  }

  add({ id, seed, failure }: FinishedRun): void {
    const subject = this.#subjects.get(id);
    if (!subject) return;
    subject.done += 1;
    if (failure === null) return;
    subject.failed += 1;
    subject.failure = `seed ${seed}: ${failure}`;
  }

  end({ versions, notices }: BenchmarkResult): void {
    this.#shown.state = 'done';
    this.#shown.notices = notices;
    for (const version of versions) {
      const subject = this.#subjects.get(version.id);
      if (subject) Object.assign(subject, { values: valuesOf(version), unrecorded: version.unrecorded });
    }
  }

  stop(isCancelled: boolean, message: string): void {
    this.#shown.state = isCancelled ? 'cancelled' : 'failed';
    this.#shown.message = isCancelled ? null : message;
  }

  show(): ShownBenchmark {
    return { ...this.#shown, taskId: this.taskId, subjects: [...this.#subjects.values()] };
  }
}

function valuesOf({ runs }: BenchmarkedVersion): Record<string, [number, number][]> {
  const values = new Map<string, [number, number][]>();
  for (const { seed, report } of runs)
    for (const [name, value] of Object.entries(report?.metrics ?? {}))
      values.set(name, [...(values.get(name) ?? []), [seed, value]]);
  return Object.fromEntries(values);
}

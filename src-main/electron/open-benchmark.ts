import type { ShownBenchmark, ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import { mostListed } from '../../shared/model/benchmark.ts';
import type { BenchmarkResult } from '../core/benchmark/benchmark-runner.ts';
import { type FinishedRun, valuesOf } from '../core/benchmark/summarise-runs.ts';

/** Versions of one run: their ids, and the handles that the window has of them. */
export interface BenchmarkedRun {
  runId: string;
  versions: ReadonlyMap<string, number>;
}

/** How far a benchmark is, and what it came to, for as long as its runs are open and no other of them is begun. */
export class OpenBenchmark {
  /** By run, then by id. */
  readonly #subjects: ReadonlyMap<string, Map<string, ShownSubject>>;
  readonly #shown: Omit<ShownBenchmark, 'taskId' | 'subjects'>;
  taskId = '';

  constructor(command: string, seeds: readonly number[], runs: readonly BenchmarkedRun[]) {
    this.#subjects = new Map(
      runs.map(({ runId, versions }) => [
        runId,
        new Map([...versions].map(([id, version]) => [id, freshSubject(runId, id, version)])),
      ]),
    );
    const sums = { versions: this.#all().length, done: 0, failed: 0 };
    this.#shown = { command, seeds: [...seeds], state: 'running', message: null, notices: [], sums };
  }

  /** How many versions there are to measure. */
  get count(): number {
    return this.#shown.sums.versions;
  }

  /** Also while what was stopped is being ended. */
  get isRunning(): boolean {
    return this.#shown.state === 'running';
  }

  add(runId: string, { id, seed, failure }: FinishedRun): void {
    const subject = this.#subjects.get(runId)?.get(id);
    if (!subject) return;
    const { sums } = this.#shown;
    subject.done += 1;
    sums.done += 1;
    if (failure === null) return;
    subject.failed += 1;
    sums.failed += 1;
    subject.failure = `seed ${seed}: ${failure}`;
  }

  /** What came of one of its runs. */
  note(runId: string, { versions, notices }: BenchmarkResult): void {
    this.#shown.notices = [...this.#shown.notices, ...notices];
    for (const { id, runs, unrecorded } of versions) {
      const values = [...valuesOf(runs)].map(([name, bySeed]) => [name, [...bySeed]] as const);
      const subject = this.#subjects.get(runId)?.get(id);
      if (subject) Object.assign(subject, { values: Object.fromEntries(values), unrecorded });
    }
  }

  end(): void {
    this.#shown.state = 'done';
  }

  stop(isCancelled: boolean, message: string): void {
    this.#shown.state = isCancelled ? 'cancelled' : 'failed';
    this.#shown.message = isCancelled ? null : message;
  }

  show(): ShownBenchmark {
    const all = this.#all();
    const subjects = this.#shown.state === 'done' ? all : all.slice(0, mostListed);
    return { ...this.#shown, taskId: this.taskId, subjects };
  }
  #all(): ShownSubject[] {
    return [...this.#subjects.values()].flatMap((ofRun) => [...ofRun.values()]);
  }
}

function freshSubject(runId: string, id: string, version: number): ShownSubject {
  return { runId, version, id, done: 0, failed: 0, failure: null, values: {}, unrecorded: null };
}

import { randomBytes } from 'node:crypto';
import type { WorkProgress } from '../../shared/ipc/contents-contract.ts';
import { stringifyJson } from '../../shared/model/json.ts';
import { NoSuchHandleError } from './version-handles.ts';

/** How often progress is told, in milliseconds. */
const tellEvery = 100;

export interface WorkTools {
  signal: AbortSignal;
  /** Bytes that have been worked through since the last call. */
  onBytes: (bytes: number) => void;
  /** More bytes are to be worked through than was known. */
  expect: (bytes: number) => void;
}

/** Long work of one window that can be cancelled, and whose result waits until it is asked for. */
class Work {
  readonly taskId = randomBytes(16).toString('hex');
  readonly runId: string;
  readonly #abort = new AbortController();
  readonly result: Promise<string | null>;

  constructor(
    runId: string,
    work: (tools: WorkTools) => Promise<unknown>,
    tell: (progress: WorkProgress) => void,
  ) {
    this.runId = runId;
    this.result = this.#run(work, tell);
    // Whoever asks for the result is told of a failure; nobody may ask.
    this.result.catch(() => undefined);
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #run(work: (tools: WorkTools) => Promise<unknown>, tell: (progress: WorkProgress) => void) {
    const { signal } = this.#abort;
    const progress = { taskId: this.taskId, bytesDone: 0, bytesTotal: 0 };
    const timer = setInterval(() => tell({ ...progress }), tellEvery);
    try {
      const value = await work({
        signal,
        onBytes: (bytes) => {
          progress.bytesDone += bytes;
        },
        expect: (bytes) => {
          progress.bytesTotal += bytes;
        },
      });
      return signal.aborted ? null : stringifyJson(value);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      clearInterval(timer);
    }
  }
}

/** So much work goes on or waits to be asked for at once; what was begun first makes room. */
const mostAtOnce = 8;

/** The work of one window. */
export class Works {
  readonly #tell: (progress: WorkProgress) => void;
  readonly #works = new Map<string, Work>();

  constructor(tell: (progress: WorkProgress) => void) {
    this.#tell = tell;
  }

  start(runId: string, job: (tools: WorkTools) => Promise<unknown>): string {
    const work = new Work(runId, job, this.#tell);
    this.#works.set(work.taskId, work);
    const oldest = this.#works.values().next().value;
    if (this.#works.size > mostAtOnce && oldest) this.#drop(oldest);
    return work.taskId;
  }

  /** What it came to, as JSON; null once it was cancelled. Can be asked for once. @throws what the work throws */
  async finish(taskId: string): Promise<string | null> {
    const work = this.#works.get(taskId);
    if (!work) throw new NoSuchHandleError('There is no such work in this window.');
    try {
      return await work.result;
    } finally {
      this.#works.delete(taskId);
    }
  }

  cancel(taskId: string): void {
    this.#works.get(taskId)?.cancel();
  }

  cancelRun(runId: string): void {
    for (const work of this.#works.values()) if (work.runId === runId) work.cancel();
  }

  cancelAll(): void {
    for (const work of this.#works.values()) work.cancel();
  }

  #drop(work: Work): void {
    work.cancel();
    this.#works.delete(work.taskId);
  }
}

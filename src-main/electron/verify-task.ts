import { randomBytes } from 'node:crypto';
import { passesVerify } from '../../shared/model/integrity.ts';
import type { Task } from '../../shared/model/task.ts';
import type { ModelManager } from '../core/model-manager.ts';

/** How often progress is told, in milliseconds. */
const tellEvery = 100;

/** One verification of a run, as a window follows it. */
export class VerifyTask {
  readonly taskId = randomBytes(16).toString('hex');
  readonly runId: string;
  readonly #tell: (task: Task) => void;
  readonly #abort = new AbortController();
  #progress = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0, problems: 0 };

  constructor(runId: string, tell: (task: Task) => void) {
    this.runId = runId;
    this.#tell = tell;
  }

  get isCancelled(): boolean {
    return this.#abort.signal.aborted;
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** Never rejects: how it ended is the last thing told. */
  async run(manager: ModelManager, ids: readonly string[] | null, threads: number | null): Promise<void> {
    const started = performance.now();
    const tell = (state: Task['state'], message: string | null = null) => {
      const seconds = (performance.now() - started) / 1000;
      this.#tell({
        taskId: this.taskId,
        runId: this.runId,
        kind: 'verify',
        state,
        ...this.#progress,
        seconds,
        message,
      });
    };
    const wanted = ids && new Set(ids);
    const versions = [...manager.list()].filter(({ id }) => wanted === null || wanted.has(id));
    this.#progress.filesTotal = versions.length;
    this.#progress.bytesTotal = versions.reduce((bytes, { size }) => bytes + size, 0);
    tell('running');
    const timer = setInterval(() => tell('running'), tellEvery);
    try {
      await this.#verify(manager, ids, threads);
      clearInterval(timer);
      tell('done');
    } catch (error) {
      clearInterval(timer);
      if (this.#abort.signal.aborted) tell('cancelled');
      else tell('failed', error instanceof Error ? error.message : String(error));
    }
  }

  #verify(manager: ModelManager, ids: readonly string[] | null, threads: number | null): Promise<void> {
    const progress = this.#progress;
    return manager.verify(
      ids,
      ({ integrity }) => {
        progress.filesDone += 1;
        if (!passesVerify(integrity.state)) progress.problems += 1;
      },
      {
        signal: this.#abort.signal,
        ...(threads === null ? {} : { jobs: threads }),
        onBytes: (bytes) => {
          progress.bytesDone += bytes;
        },
      },
    );
  }
}

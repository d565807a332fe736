import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { workerUrl } from '../workers/worker-url.ts';
import { separator } from './packed-versions.ts';
import type { TextsTask } from './read-texts-worker.ts';

/** The texts of the versions of a run as its files stand, read in threads, which hold up nothing here; to be closed. */
export class RecordTexts {
  readonly #worker: Worker;
  #isFailed = false;

  constructor(root: string, config: StorageConfig) {
    this.#worker = new Worker(workerUrl('read-texts-worker'));
    this.#worker.on('error', () => {
      this.#isFailed = true;
    });
    this.#worker.postMessage({ root, config } satisfies TextsTask);
  }

  /** One after another is asked. Null for one that cannot be read so, for whatever reason. */
  async of(ids: readonly string[]): Promise<(string | null)[]> {
    const nothing = ids.map(() => null);
    if (this.#isFailed || ids.length === 0) return nothing;
    const answer = once(this.#worker, 'message') as Promise<[string]>;
    this.#worker.postMessage(ids);
    const texts = await answer.then(
      ([text]) => text.split(separator),
      () => nothing,
    );
    return ids.map((_, index) => texts[index] || null);
  }

  close(): void {
    void this.#worker.terminate();
  }
}

import { Worker } from 'node:worker_threads';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { KnownVersions } from '../catalog/known-versions.ts';
import type { ListedChange } from '../catalog/listed-version.ts';
import { workerUrl } from '../workers/worker-url.ts';
import type { FollowEvent } from './follow-run.ts';
import { type PackedEvent, unpackEvent } from './packed-event.ts';

/** Someone who follows a run on disk. */
export interface Follower {
  reconcile(): void;
  close(): void;
}

/** In MB. Parsing makes much that dies young: room for it there spares copying it around. Looking alone does not, and room once taken is kept. */
const roomToParse = 48;
const roomToLook = 6;

/** What the thread is told. */
export interface FollowTask {
  root: string;
  config: StorageConfig;
  /** The versions that were told of already; null for none. */
  known: KnownVersions | null;
}

/** Follows a run in a thread of its own. */
export function followInWorker(
  root: string,
  config: StorageConfig,
  emit: (event: FollowEvent) => void,
  known: KnownVersions | null = null,
): Follower {
  return new WorkerFollower({ root, config, known }, emit);
}

class WorkerFollower implements Follower {
  #task: FollowTask;
  readonly #emit: (event: FollowEvent) => void;
  /** The ids that were told of and are not removed. */
  readonly #told: Set<string>;
  /** Those of a thread that ended, which the next one has not told of yet. */
  #doubtful = new Set<string>();
  #worker: Worker | null;
  #closed = false;

  constructor(task: FollowTask, emit: (event: FollowEvent) => void) {
    this.#task = task;
    this.#emit = emit;
    this.#told = new Set(task.known?.ids);
    this.#worker = this.#start();
  }

  /** A thread that ended is followed by a new one, which looks at everything first. */
  reconcile(): void {
    if (this.#worker) this.#worker.postMessage('reconcile');
    else if (!this.#closed) this.#worker = this.#start();
  }

  close(): void {
    this.#closed = true;
    void this.#worker?.terminate();
    this.#worker = null;
  }

  #start(): Worker {
    const maxYoungGenerationSizeMb = isMostlyRead(this.#task.known) ? roomToLook : roomToParse;
    const worker = new Worker(workerUrl('follow-run-worker'), {
      workerData: this.#task,
      resourceLimits: { maxYoungGenerationSizeMb },
    });
    // Another thread, should this one end, is to find out everything for itself.
    this.#task = { ...this.#task, known: null };
    worker.on('message', (event: PackedEvent) => this.#take(unpackEvent(event)));
    worker.on('error', (error) => this.#ended(worker, error.message));
    worker.on('exit', (code) => this.#ended(worker, `exit code ${code}`));
    return worker;
  }

  #ended(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#doubtful = new Set(this.#told);
    const detail = `the thread that watched it stopped: ${why}`;
    this.#emit({ type: 'looked', problems: [], watch: { state: 'off', detail } });
  }

  #take(event: FollowEvent): void {
    if (this.#closed) return;
    if (event.type === 'changed') this.#note(event.change);
    else this.#removeDoubtful();
    this.#emit(event);
  }

  #note({ changed, removed }: ListedChange): void {
    for (const { id } of changed) {
      this.#told.add(id);
      this.#doubtful.delete(id);
    }
    for (const id of removed) this.#told.delete(id);
  }

  /** What a new thread did not find again went while nobody watched. */
  #removeDoubtful(): void {
    const removed = [...this.#doubtful];
    if (removed.length === 0) return;
    this.#doubtful.clear();
    for (const id of removed) this.#told.delete(id);
    this.#emit({ type: 'changed', change: { changed: [], removed } });
  }
}

function isMostlyRead(known: KnownVersions | null): boolean {
  return known !== null && known.doubtful.length < known.ids.length / 2;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { filesOfListed, type KnownVersions } from '../catalog/known-versions.ts';
import type { Reading } from '../catalog/read-names.ts';
import { isLargeRun, readRun } from '../catalog/read-run.ts';
import { describeRemote } from '../files/describe-remote.ts';
import type { FollowEvent } from './follow-run.ts';
import { type Follower, followInWorker } from './start-follower.ts';

/** For so long, in milliseconds, the first versions stand alone: a window that is told of all at once shows them last. */
const timeToShow = 300;

/** Follows a run in threads, so that a slow disk or a hundred thousand files never hold up the caller. */
export function followRun(root: string, config: StorageConfig, emit: (event: FollowEvent) => void): Follower {
  return isLargeRun(root, config)
    ? new LargeRunFollower(root, config, emit)
    : followInWorker(root, config, emit);
}

/** Reads a run in several threads; then one follows it, and reads again only what was touched meanwhile. */
class LargeRunFollower implements Follower {
  readonly #root: string;
  readonly #config: StorageConfig;
  readonly #emit: (event: FollowEvent) => void;
  readonly #closing = new AbortController();
  readonly #ids: string[] = [];
  readonly #files: string[] = [];
  /** Those with something wrong about them: the thread that follows is to tell what. */
  readonly #doubtful = new Set<string>();
  #follower: Follower | null = null;

  constructor(root: string, config: StorageConfig, emit: (event: FollowEvent) => void) {
    this.#root = root;
    this.#config = config;
    this.#emit = emit;
    void this.#read(Date.now());
  }

  /** The thread that is about to follow looks at everything anyway. */
  reconcile(): void {
    this.#follower?.reconcile();
  }

  close(): void {
    this.#closing.abort();
    this.#follower?.close();
  }

  /** What goes wrong here goes wrong for the thread that follows too, which says so. */
  async #read(at: number): Promise<void> {
    const { signal } = this.#closing;
    const take = (some: Reading) => this.#take(some);
    const options = { withTexts: false, signal };
    const reading = await readRun(this.#root, this.#config, take, options).catch(() => null);
    if (signal.aborted) return;
    // What others write to a remote disk bears the time of another clock.
    const isSure = reading?.checksums.size === 0 && describeRemote(this.#root) === null;
    const known: KnownVersions = {
      at,
      ids: this.#ids,
      files: this.#files,
      doubtful: isSure ? [...this.#doubtful] : this.#ids,
    };
    this.#follower = followInWorker(this.#root, this.#config, this.#emit, known);
  }

  async #take({ versions, problems }: Reading): Promise<void> {
    const isFirst = this.#ids.length === 0;
    if (this.#closing.signal.aborted) return;
    for (const { path } of problems) this.#doubtful.add(path);
    for (const version of versions) {
      this.#ids.push(version.id);
      this.#files.push(filesOfListed(version));
    }
    this.#emit({ type: 'changed', change: { changed: versions, removed: [] } });
    if (isFirst) await sleep(timeToShow);
  }
}

import type { Worker } from 'node:worker_threads';
import { ModelManagerError } from '../errors.ts';
import { askWorker, Stopped } from '../workers/ask-worker.ts';
import { takeWorker } from '../workers/spare-workers.ts';
import type { WorkerLimits } from '../workers/worker-limits.ts';
import type { NamedSetting } from './known-settings.ts';
import type { SettingColumn } from './setting-columns.ts';
import type { SettingsReply, SettingsRequest } from './settings-worker.ts';

/** What files say of themselves is read within 4 MB each. */
const usualLimits: WorkerLimits = { memory: 512, time: 10_000 };
/** So long after the last question the thread is let go, in milliseconds: what it has worked out serves the next ones. */
const idle = 20_000;
/** A question is asked so often, without another file each time. */
const mostTries = 6;

/** Asks a thread of its own what is known of how versions were trained: that reads as many files as there are versions. */
export class SettingsThread {
  #isClosed = false;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  /** Files over which a thread had to be ended: they say nothing. */
  readonly #givenUp = new Set<string | null>();
  readonly #limits: WorkerLimits;

  constructor(limits: WorkerLimits = usualLimits) {
    this.#limits = limits;
  }

  /** Every name under which these files, or what is beside them, say something. @throws ModelManagerError */
  async names(paths: readonly (string | null)[]): Promise<NamedSetting[]> {
    return (await this.#ask(paths, null)) as NamedSetting[];
  }

  /** A column for each name. @throws ModelManagerError */
  async columns(paths: readonly (string | null)[], names: readonly string[]): Promise<SettingColumn[]> {
    return (await this.#ask(paths, names)) as SettingColumn[];
  }

  /** What is still asked fails. */
  close(): void {
    this.#isClosed = true;
    this.#letGo();
  }

  /** One after another: a thread answers in the order of its questions. */
  #ask(paths: Paths, names: readonly string[] | null): Promise<SettingsReply> {
    const answer = this.#last.then(() => this.#askNow(paths, names));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #askNow(paths: Paths, names: readonly string[] | null): Promise<SettingsReply> {
    clearTimeout(this.#idle);
    try {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const reply = await this.#tryAsking(paths, names);
        if (reply !== null) return reply;
      }
      throw stopped('was stopped over one file after another');
    } finally {
      this.#idle = setTimeout(() => this.#letGo(), idle).unref();
    }
  }

  /** Null where a file had to be given up: without it the question can be asked again. */
  async #tryAsking(paths: Paths, names: readonly string[] | null): Promise<SettingsReply> {
    if (this.#isClosed) throw stopped('stopped');
    this.#worker ??= this.#start();
    const at = new Int32Array(new SharedArrayBuffer(4));
    const asked = paths.map((path) => (this.#givenUp.has(path) ? null : path));
    const question: SettingsRequest = { paths: asked, names, at };
    const tell = (reply: SettingsReply) => reply ?? undefined;
    const reply = await askWorker(this.#worker, question, this.#limits.time, tell);
    if (!(reply instanceof Stopped)) return reply;
    this.#worker = null;
    const path = asked[Atomics.load(at, 0)] ?? null;
    if (this.#isClosed) throw stopped('stopped');
    if (path === null) throw stopped(reply.why);
    this.#givenUp.add(path);
    return null;
  }

  /** A thread may end, and fail, while nothing is asked of it: the next question starts another. */
  #start(): Worker {
    const worker = takeWorker('settings-worker', this.#limits.memory);
    const forget = () => {
      if (this.#worker === worker) this.#worker = null;
    };
    return worker.on('error', forget).on('exit', forget);
  }

  #letGo(): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = null;
    this.#givenUp.clear();
  }
}

type Paths = readonly (string | null)[];

function stopped(why: string): ModelManagerError {
  return new ModelManagerError(`the hyperparameters were not read — reading them ${why} — try again`);
}

import type { Worker } from 'node:worker_threads';
import { ModelManagerError } from '../errors.ts';
import { takeWorker } from '../workers/spare-workers.ts';
import type { NamedSetting } from './known-settings.ts';
import type { SettingColumn } from './setting-columns.ts';
import type { SettingsReply, SettingsRequest } from './settings-worker.ts';

/** In MB: what files say of themselves is read within 4 MB each. */
const memory = 512;
/** So long after the last question the thread is let go, in milliseconds: what it has worked out serves the next ones. */
const idle = 20_000;

/** Asks a thread of its own what is known of how versions were trained: that reads as many files as there are versions. */
export class SettingsThread {
  #isClosed = false;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  /** Every name under which these files, or what is beside them, say something. @throws ModelManagerError */
  async names(paths: readonly (string | null)[]): Promise<NamedSetting[]> {
    return (await this.#ask({ paths, names: null })) as NamedSetting[];
  }

  /** A column for each name. @throws ModelManagerError */
  async columns(paths: readonly (string | null)[], names: readonly string[]): Promise<SettingColumn[]> {
    return (await this.#ask({ paths, names })) as SettingColumn[];
  }

  /** What is still asked fails. */
  close(): void {
    this.#isClosed = true;
    this.#letGo();
  }

  /** One after another: a thread answers in the order of its questions. */
  #ask(request: SettingsRequest): Promise<SettingsReply> {
    const answer = this.#last.then(() => this.#askNow(request));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #askNow(request: SettingsRequest): Promise<SettingsReply> {
    if (this.#isClosed) throw stopped();
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    try {
      return await replyOf(this.#worker, request);
    } finally {
      this.#idle = setTimeout(() => this.#letGo(), idle).unref();
    }
  }

  /** A thread may end, and fail, while nothing is asked of it: the next question starts another. */
  #start(): Worker {
    const worker = takeWorker('settings-worker', memory);
    const forget = () => {
      if (this.#worker === worker) this.#worker = null;
    };
    return worker.on('error', forget).on('exit', forget);
  }

  #letGo(): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = null;
  }
}

function replyOf(worker: Worker, request: SettingsRequest): Promise<SettingsReply> {
  return new Promise((resolve, reject) => {
    const end = () => reject(stopped());
    const listen = (reply: SettingsReply) => {
      worker.off('error', end).off('exit', end);
      resolve(reply);
    };
    worker.once('message', listen).once('error', end).once('exit', end).postMessage(request);
  });
}

function stopped(): ModelManagerError {
  return new ModelManagerError(
    'the hyperparameters were not read — the thread that was reading them stopped — try again',
  );
}

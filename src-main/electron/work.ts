import { randomBytes } from 'node:crypto';
import type { IntegrityState } from '../../shared/model/integrity.ts';
import { stringifyJson } from '../../shared/model/json.ts';
import { lookingKinds, type Task, type TaskKind } from '../../shared/model/task.ts';
import { NoSuchHandleError } from './version-handles.ts';

/** How often progress is told, in milliseconds. What is over sooner is not told of at all. */
const tellEvery = 100;

/** So many parts are told at once. */
const mostParts = 50;

const alwaysTold: ReadonlySet<TaskKind> = new Set(['verify', 'benchmark']);

/** What work is told to say of itself while it goes on. */
export interface WorkTools {
  signal: AbortSignal;
  /** Bytes that have been worked through since the last call. */
  onBytes: (bytes: number) => void;
  /** More bytes, and files, are to be worked through than was known. */
  expect: (bytes: number, files?: number) => void;
  /** What is worked through from now on has a time of its own, and of its bytes nothing is known yet. */
  startPart: () => void;
  /** A part of the result that can be shown before all of it is there. */
  onPart: (part: unknown) => void;
  /** One more file is done; `state` is the one that it was found to be in. */
  onFile: (isSound?: boolean, state?: IntegrityState) => void;
}

/** The result is given as JSON. */
export type Job = (tools: WorkTools) => Promise<unknown>;

/** Of which run, or checkpoint without one, and what it is. */
export interface WorkSubject {
  runId: string;
  kind: TaskKind;
}

/** Long work of one window that can be cancelled, and whose result waits until it is asked for. */
class Work {
  readonly taskId = randomBytes(16).toString('hex');
  readonly subject: WorkSubject;
  readonly result: Promise<string | null>;
  readonly #abort = new AbortController();
  readonly #tell: (task: Task) => void;
  readonly #started = performance.now();
  #partStarted = this.#started;
  readonly #progress = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0, problems: 0 };
  readonly #parts: unknown[] = [];
  readonly #found = new Map<IntegrityState, number>();
  isOver = false;
  #isTold = false;

  /** The runs that it goes on in. */
  readonly runIds: readonly string[];

  constructor(subject: WorkSubject, job: Job, runIds: readonly string[], tell: (task: Task) => void) {
    this.subject = subject;
    this.runIds = runIds;
    this.#tell = tell;
    this.result = this.#run(job);
    // Whoever asks for the result is told of a failure; nobody may ask.
    this.result.catch(() => undefined);
  }

  get isCancelled(): boolean {
    return this.#abort.signal.aborted;
  }

  /** What it has found up to now, from that many parts on. */
  parts(from: number): readonly unknown[] {
    return this.#parts.slice(from, from + mostParts);
  }

  cancel(): void {
    this.#abort.abort(new Error('it was cancelled'));
  }

  async #run(job: Job): Promise<string | null> {
    const timer = setInterval(() => this.#say('running'), tellEvery);
    try {
      // Work that was cancelled throws; what came to its end is done, even where somebody had thought better of it.
      const value = await job(this.#tools());
      const json = stringifyJson(value ?? null);
      this.#end('done');
      return json;
    } catch (error) {
      if (this.isCancelled) return this.#end('cancelled');
      this.#end('failed', error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      clearInterval(timer);
      this.isOver = true;
    }
  }

  #tools(): WorkTools {
    const progress = this.#progress;
    return {
      signal: this.#abort.signal,
      onBytes: (bytes) => {
        progress.bytesDone += bytes;
      },
      expect: (bytes, files = 0) => {
        progress.bytesTotal += bytes;
        progress.filesTotal += files;
      },
      startPart: () => {
        progress.bytesDone = 0;
        progress.bytesTotal = 0;
        this.#partStarted = performance.now();
      },
      onPart: (part) => this.#parts.push(part),
      onFile: (isSound = true, state = undefined) => {
        progress.filesDone += 1;
        if (state) this.#found.set(state, (this.#found.get(state) ?? 0) + 1);
        if (!isSound) progress.problems += 1;
      },
    };
  }

  #say(state: Task['state'], message: string | null = null): void {
    this.#isTold = true;
    const secondsSince = (time: number) => (performance.now() - time) / 1000;
    const [seconds, partSeconds] = [secondsSince(this.#started), secondsSince(this.#partStarted)];
    this.#tell({
      taskId: this.taskId,
      ...this.subject,
      state,
      ...this.#progress,
      ...(this.#found.size > 0 && { found: [...this.#found] }),
      seconds,
      partSeconds,
      message,
    });
  }

  /** What was never told of needs no end, but where nothing else says it: what a verification found, that a benchmark is over. */
  #end(state: Task['state'], message: string | null = null): null {
    if (this.#isTold || alwaysTold.has(this.subject.kind)) this.#say(state, message);
    return null;
  }
}

/** So much work only looks at something, or waits to be asked for, at once; what was begun first makes room. */
const mostAtOnce = 8;
const looking: ReadonlySet<TaskKind> = new Set(['compare', 'measure', 'plan a prune', 'plan a conversion']);

/** The work of one window. */
export class Works {
  readonly #tell: (task: Task) => void;
  readonly #works = new Map<string, Work>();

  constructor(tell: (task: Task) => void) {
    this.#tell = tell;
  }

  start(subject: WorkSubject, job: Job, runIds: readonly string[] = [subject.runId]): string {
    const work = new Work(subject, job, runIds, this.#tell);
    this.#works.set(work.taskId, work);
    const lookers = [...this.#works.values()].filter(
      ({ isOver, subject: { kind } }) => isOver || looking.has(kind),
    );
    const [oldest] = lookers;
    if (lookers.length > mostAtOnce && oldest) this.#drop(oldest);
    return work.taskId;
  }

  /** The work of that kind that is under way in a run; null where there is none. */
  find({ runId, kind }: WorkSubject): string | null {
    const isIt = ({ subject, isCancelled, isOver }: Work) =>
      subject.runId === runId && subject.kind === kind && !isCancelled && !isOver;
    return [...this.#works.values()].find(isIt)?.taskId ?? null;
  }

  /** What goes on and would come to nothing where it is stopped. */
  underWay(): WorkSubject[] {
    return [...this.#works.values()]
      .filter(
        ({ isOver, isCancelled, subject }) => !isOver && !isCancelled && !lookingKinds.has(subject.kind),
      )
      .map(({ subject }) => subject);
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

  /** Parts of what it comes to, as JSON, those after so many. @throws NoSuchHandleError */
  readParts(taskId: string, from: number): string {
    const work = this.#works.get(taskId);
    if (!work) throw new NoSuchHandleError('There is no such work in this window.');
    return stringifyJson(work.parts(from));
  }

  cancel(taskId: string): void {
    this.#works.get(taskId)?.cancel();
  }

  cancelRun(runId: string): void {
    for (const work of this.#works.values()) if (work.runIds.includes(runId)) work.cancel();
  }

  /** All work of that kind in that run. */
  cancelAlike(subject: WorkSubject): void {
    for (let found = this.find(subject); found !== null; found = this.find(subject)) this.cancel(found);
  }

  /** What only looks at something: nobody can be shown what it comes to. */
  cancelLooking(): void {
    for (const work of this.#works.values()) if (looking.has(work.subject.kind)) work.cancel();
  }

  cancelAll(): void {
    for (const work of this.#works.values()) work.cancel();
  }

  #drop(work: Work): void {
    work.cancel();
    this.#works.delete(work.taskId);
  }
}

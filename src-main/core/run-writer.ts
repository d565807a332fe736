import { join } from 'node:path';
import type { LoggedCommand } from '../../shared/model/logged-command.ts';
import { settleRunId } from './backup/run-identity.ts';
import { explainError, isFull } from './files/error-code.ts';
import { namesIn } from './files/names-in.ts';
import type { Verification } from './integrity/verification.ts';
import type { VerifiedOnMoving } from './integrity/verified-on-moving.ts';
import { Row } from './lock/row.ts';
import { intentFolder, ownFolder } from './operations/operation.ts';
import { setAside } from './operations/set-aside.ts';
import { tellUnlogged } from './operations/tell-failure.ts';
import {
  type Outcome,
  secondsSince,
  type WritableRun,
  type Writing,
  writeAside,
  writeNotes,
  writeRun,
} from './operations/write-run.ts';
import { clearTemp } from './trash/clear-temp.ts';

/** What is done under the run's lock; the ids of what it touched are told and logged. */
export type Work<T> = (writing: Writing) => Promise<Outcome<T>>;

/** Is told, whatever came of it, the ids of what looks different, and what is known of files that were moved, or moved and taken back. */
type Tell = (touched: string[], moved: readonly Verification[]) => void;

/**
 * What is done around every change of a run: its turn, its lock, its recovery, its log, and telling what is different now. What one process asks
 * for is done in the order in which it asked: who waits for a lock has no place in a row. Whoever waits behind one that is at work for longer than the lock
 * is waited for gives up as if it waited for that.
 */
export class RunWriter {
  readonly #run: WritableRun;
  readonly #bookkeeping: string;
  readonly #moving: Pick<VerifiedOnMoving, 'take'>;
  readonly #tell: Tell;
  readonly #row = new Row();
  #isSettled = false;

  constructor(run: WritableRun, bookkeeping: string, moving: Pick<VerifiedOnMoving, 'take'>, tell: Tell) {
    this.#run = run;
    this.#bookkeeping = bookkeeping;
    this.#moving = moving;
    this.#tell = tell;
  }

  /** Changes the run, once what was asked for before is done. The work itself asks for nothing more of this: it would wait for itself. */
  write<T>(command: LoggedCommand, work: Work<T>): Promise<T> {
    return this.#inTurn(command, work, (told) =>
      writeRun(this.#run, command, async (writing) => {
        await this.#settleIdentity();
        if (this.#run.config.cleanup_on_start) await this.#clearTemp(writing);
        return told(writing);
      }),
    );
  }

  /** Changes only what Cairn itself knows of the run: that can be done to a run that must not be written to. */
  note<T>(command: LoggedCommand, work: Work<T>): Promise<T> {
    if (this.#bookkeeping === join(this.#run.root, ownFolder)) return this.write(command, work);
    return this.#inTurn(command, work, (told) => writeNotes(this.#run, this.#bookkeeping, command, told));
  }

  /** Does what changes nothing of the run, with others free to write meanwhile, and adds a line to its log, which is worth no failure. */
  async record<T>(command: LoggedCommand, work: () => Promise<Outcome<T>>): Promise<T> {
    const started = performance.now();
    const done = await work();
    const seconds = secondsSince(started);
    await writeNotes(this.#run, this.#bookkeeping, command, async () => ({ ...done, seconds })).catch(
      (error: unknown) => this.#run.onNotice?.(tellUnlogged(command, error, this.#bookkeeping)),
    );
    return done.value;
  }

  /** Whether Cairn keeps anything of the run beside it: where not, there is nothing to undo, to empty or to set aside, and nothing is made to say so. */
  async isKept(): Promise<boolean> {
    return (await this.#run.disk.lookAt(join(this.#run.root, ownFolder))) !== null;
  }

  /** Finishes or undoes what was interrupted, where there is anything to do. @throws ModelManagerError when somebody else writes */
  async recover(): Promise<void> {
    const { disk, root } = this.#run;
    if ((await namesIn(disk, join(root, intentFolder))).length === 0) return;
    await this.#andTell<void>(
      async () => ({ ids: [], value: undefined }),
      (told) => writeRun({ ...this.#run, wait: 0 }, 'recover', told),
    );
  }

  /** Moves a damaged record of an interrupted operation out of the way. @throws ModelNotFoundError */
  async setAside(operation: string): Promise<void> {
    const { disk, root } = this.#run;
    if (!(await this.isKept())) await setAside(disk, root, operation);
    await writeAside(this.#run, operation);
    this.#tell([], []);
  }

  /** Once: a run does not move under its writer. Where that fails, nothing depends on it yet: the next write does it. */
  async #settleIdentity(): Promise<void> {
    if (this.#isSettled) return;
    const { disk, root } = this.#run;
    this.#isSettled = await settleRunId({ disk, root, bookkeeping: this.#bookkeeping }).then(
      () => true,
      () => false,
    );
  }

  /** Where the disk is full, that must not stand in the way of what makes room. */
  async #clearTemp(writing: Writing): Promise<void> {
    await clearTemp(writing).catch((error: unknown) => {
      if (!isFull(error)) throw error;
      this.#run.onNotice?.(
        `the temp folder is not cleared — ${explainError(error)} — the next command that writes does it`,
      );
    });
  }

  #inTurn<T>(command: LoggedCommand, work: Work<T>, write: (told: Work<T>) => Promise<T>): Promise<T> {
    const { root, wait } = this.#run;
    return this.#row.take(wait, join(root, ownFolder, 'lock'), (atWork) =>
      this.#andTell((writing) => atWork(command, () => work(writing)), write),
    );
  }

  #andTell<T>(work: Work<T>, write: (told: Work<T>) => Promise<T>): Promise<T> {
    const touched: string[] = [];
    const moved: Verification[] = [];
    const value = write(async (writing) => {
      try {
        const outcome = await work(writing);
        touched.push(...outcome.ids, ...(outcome.also ?? []).flatMap(({ ids }) => ids));
        return outcome;
      } finally {
        moved.push(...this.#moving.take());
      }
    });
    // Not under the lock: what is remembered then must not take the room that is kept in reserve for a full disk.
    return value.finally(() => this.#tell(touched, moved));
  }
}

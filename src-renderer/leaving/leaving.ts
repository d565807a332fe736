import { lookingKinds, type Task } from '../../shared/model/task.ts';

/** What goes on in a run, or a folder of runs, and would be stopped before it is done where that is closed. */
export function stoppedByLeaving(tasks: ReadonlyMap<string, Task>, runId: string): Task[] {
  return [...tasks.values()].filter(
    (task) => task.runId === runId && task.state === 'running' && !lookingKinds.has(task.kind),
  );
}

/** What a person wants to close, by its handle, and how that is done. */
export interface Leaving {
  runId: string;
  leave: () => Promise<void>;
}

/** What is to be closed though work goes on there, until a person has said whether they mean it. */
class AskedLeaving {
  #leaving: Leaving | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Leaving | null => this.#leaving;

  /** At once where nothing would be stopped by it; else a person is asked first. */
  async leave(tasks: ReadonlyMap<string, Task>, leaving: Leaving): Promise<void> {
    if (stoppedByLeaving(tasks, leaving.runId).length > 0) this.#set(leaving);
    else await leaving.leave();
  }

  async answer(isMeant: boolean): Promise<void> {
    const leaving = this.#leaving;
    this.#set(null);
    if (isMeant) await leaving?.leave();
  }

  #set(leaving: Leaving | null): void {
    this.#leaving = leaving;
    for (const listener of this.#listeners) listener();
  }
}

/** That of this window. */
export const askedLeaving = new AskedLeaving();

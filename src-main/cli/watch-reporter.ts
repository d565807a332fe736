import type { WatchOutput } from '../../shared/model/outputs.ts';
import type { RunEvent, RunReader } from '../core/run-reader.ts';

export type WatchEvent = Omit<WatchOutput, 'at'>;

/** Turns differences into events; what there is at the start is not news, nor is what is merely read in files. */
export class WatchReporter {
  readonly #manager: RunReader;
  readonly #print: (event: WatchEvent) => void;
  /** The state and the badges of each version as it was told last, by id. */
  readonly #told = new Map<string, string>();
  readonly #problems = new Set<string>();
  #ready = false;
  #isGone = false;

  constructor(manager: RunReader, print: (event: WatchEvent) => void) {
    this.#manager = manager;
    this.#print = print;
    for (const { id } of manager.list()) this.#told.set(id, this.#standing(id));
  }

  take(event: RunEvent): void {
    if (event.type === 'looked') this.#looked();
    if (event.type !== 'versions') return;
    for (const id of event.removed) this.#removed(id);
    for (const id of event.changed) this.#changed(id, event.isRead === true);
  }

  #removed(id: string): void {
    if (this.#told.delete(id)) this.#tell({ event: 'removed', id, version: null });
  }

  #changed(id: string, isRead: boolean): void {
    const before = this.#told.get(id);
    const standing = this.#standing(id);
    this.#told.set(id, standing);
    if (isRead && before === standing) return;
    const version = this.#manager.version(id) ?? null;
    this.#tell({ event: before === undefined ? 'added' : 'changed', id, version });
  }

  #standing(id: string): string {
    const { best, latest } = this.#manager.badges;
    return `${this.#manager.listed(id)?.state} ${id === best} ${id === latest}`;
  }

  #looked(): void {
    const { state, detail } = this.#manager.watch;
    if (!this.#ready) this.#print({ event: 'ready', id: null, version: null });
    else if (this.#isGone && state !== 'gone')
      this.#print({ event: 'ready', id: null, version: null, detail: 'the folder is back' });
    this.#ready = true;
    this.#isGone = state === 'gone';
    const problems = [...this.#manager.problems, ...(detail === null ? [] : [{ path: '', problem: detail }])];
    for (const { path, problem } of problems) this.#tellProblem(path, problem);
    const current = new Set(problems.map(({ path, problem }) => `${path}\n${problem}`));
    for (const key of this.#problems) if (!current.has(key)) this.#problems.delete(key);
  }

  #tellProblem(path: string, problem: string): void {
    const key = `${path}\n${problem}`;
    if (this.#problems.has(key)) return;
    this.#problems.add(key);
    this.#print({ event: 'problem', id: path || null, version: null, problem });
  }

  #tell(event: WatchEvent): void {
    if (this.#ready) this.#print(event);
  }
}

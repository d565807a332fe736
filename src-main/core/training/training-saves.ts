import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { VersionKind } from '../../../shared/model/version.ts';
import { ModelManagerError } from '../errors.ts';
import { unlessAborted } from '../files/unless-aborted.ts';
import type { ModelManager } from '../model-manager.ts';
import { copyElements } from '../packing/copy-elements.ts';
import type { Saved, SaveRequest, SaveSource } from '../save/save-request.ts';
import { SaveLane } from './save-lane.ts';

/** A save that is due: what is known of it now, and what is told of it later. */
export interface DueSave {
  kind: VersionKind;
  request: Omit<SaveRequest, 'source'>;
  /** What there is to save, as it is now. */
  source: () => SaveSource | Promise<SaveSource>;
  onSaved: (saved: Saved) => void;
  onFailed: (error: unknown) => void;
}

/** How long undoing may take, in milliseconds. What a process that ends leaves half done, the next one undoes. */
const undoTime = 2000;

/** Saves while training goes on: one at a time, and of what is due meanwhile the newest of each kind. */
export class TrainingSaves {
  readonly #manager: ModelManager;
  readonly #lane = new SaveLane<VersionKind>();
  readonly #givenUp = new AbortController();
  readonly #finished = new AbortController();
  /** Resolves once all that was added is in the lane, or has failed. */
  #added: Promise<void> = Promise.resolve();

  constructor(manager: ModelManager) {
    this.#manager = manager;
  }

  /** Resolves once what is to be saved is copied: training may go on and change it. What there is to save is asked for one at a time. */
  add(due: readonly DueSave[]): Promise<void> {
    this.#added = this.#added.then(async () => {
      for (const save of due) await this.#take(save);
    });
    return this.#added;
  }

  /** Lets what waits for the event loop have its turn, and the save in flight one of so many milliseconds at most. */
  async giveTurn(milliseconds: number): Promise<void> {
    await setImmediate();
    if (this.#lane.isBusy)
      await Promise.race([this.#lane.settled(), sleep(milliseconds, undefined, { ref: false })]);
  }

  /** Resolves once everything that was due is saved, has failed or was given up, and what is due at last. Nothing may be added any more. */
  async finish(last: () => readonly DueSave[]): Promise<void> {
    const { signal } = this.#givenUp;
    const givenUp = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => sleep(undoTime, undefined, { ref: false }).then(resolve));
    });
    await Promise.race([this.#saveAll(last), givenUp]);
    this.#finished.abort();
  }

  /** Gives up what is in flight after so many milliseconds, unless all is finished by then. */
  giveUpWithin(grace: number): void {
    if (this.#finished.signal.aborted) return;
    const patience = setTimeout(() => this.giveUp(), grace);
    this.#finished.signal.addEventListener('abort', () => clearTimeout(patience));
  }

  /** Undoes the save in flight, unless its files have their names already; what else is due fails. */
  giveUp(): void {
    const reason =
      'it was given up — the training ended before it was done — the versions before it are as they were';
    this.#givenUp.abort(new ModelManagerError(reason));
  }

  async #saveAll(last: () => readonly DueSave[]): Promise<void> {
    await this.#added;
    await this.add(last());
    await this.#lane.settled();
  }

  async #take({ kind, request, source, onSaved, onFailed }: DueSave): Promise<void> {
    const { signal } = this.#givenUp;
    try {
      const full = { ...request, source: copySource(await unlessAborted(signal, source)), signal };
      this.#lane.put(kind, () => this.#save(kind, full).then(onSaved, onFailed));
    } catch (error) {
      onFailed(error);
    }
  }

  async #save(kind: VersionKind, request: SaveRequest): Promise<Saved> {
    request.signal?.throwIfAborted();
    return kind === 'best' ? this.#manager.saveBestModel(request) : this.#manager.saveCheckpoint(request);
  }
}

/** Training changes its arrays while they are saved. */
function copySource(source: SaveSource): SaveSource {
  if ('state' in source) return { state: copyElements(source.state) };
  if (!('model' in source)) return source;
  return { model: copyElements(source.model), optimizer: copyElements(source.optimizer ?? null) };
}

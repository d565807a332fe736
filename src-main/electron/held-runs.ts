import type { PoolOptions } from '../core/integrity/integrity-pool.ts';
import type { ModelManager } from '../core/model-manager.ts';
import { Program } from '../core/program.ts';
import { VersionHandles } from './version-handles.ts';

/** A run that is held, and the numbers that the page has of its versions. */
export interface HeldRun {
  manager: ModelManager;
  handles: VersionHandles;
}

interface Held extends HeldRun {
  program: Program;
  /** Over once it has been looked at. */
  looked: Promise<void>;
}

/** Runs that a window acts on without showing them: each is opened and looked at once, followed never, and let go with the others. */
export class HeldRuns {
  readonly #options: ConstructorParameters<typeof Program>[1];
  readonly #held = new Map<string, Held>();

  /** @param options how each is opened */
  constructor(options: ConstructorParameters<typeof Program>[1]) {
    this.#options = options;
  }

  /**
   * The run in a folder, looked at.
   * @param options how it is read, where that was not done yet
   * @throws UsageError where it cannot be opened
   */
  async at(folder: string, options?: PoolOptions): Promise<HeldRun> {
    const held = this.#held.get(folder) ?? this.#open(folder, options);
    try {
      await held.looked;
    } catch (error) {
      if (this.#held.get(folder) === held) this.#letGo(folder, held);
      throw error;
    }
    return held;
  }

  /** Does something to the run in a folder, which is held for that long. @throws UsageError where it cannot be opened; what `act` throws */
  async once<T>(folder: string, act: (manager: ModelManager) => Promise<T>): Promise<T> {
    const program = new Program(folder, this.#options);
    try {
      await program.manager.look();
      return await act(program.manager);
    } finally {
      await program.close();
    }
  }

  /** Lets go of all others. */
  keepOnly(folders: ReadonlySet<string>): void {
    for (const [folder, held] of this.#held) if (!folders.has(folder)) this.#letGo(folder, held);
  }

  close(): void {
    this.keepOnly(new Set());
  }

  #open(folder: string, options: PoolOptions | undefined): Held {
    const program = new Program(folder, this.#options);
    const { manager } = program;
    const handles = new VersionHandles(0);
    const held = { program, manager, handles, looked: lookInto(manager, options) };
    this.#held.set(folder, held);
    return held;
  }

  #letGo(folder: string, { program }: Held): void {
    this.#held.delete(folder);
    void program.close();
  }
}

/** What files say that have no sidecar counts where versions are ranked. */
async function lookInto(manager: ModelManager, options?: PoolOptions): Promise<void> {
  await manager.look();
  await manager.checkStructures(manager.unaskedIds(), options);
}

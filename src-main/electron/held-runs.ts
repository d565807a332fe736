import { openFilesWithin } from '../core/files/open-files.ts';
import type { PoolOptions } from '../core/integrity/integrity-pool.ts';
import type { ModelManager } from '../core/model-manager.ts';
import { Program } from '../core/program.ts';
import { RunWitness } from '../core/workspace/run-witness.ts';
import { VersionHandles } from './version-handles.ts';

/** A run that is held, and the numbers that pages have of its versions. */
export interface HeldRun {
  manager: ModelManager;
  handles: VersionHandles;
  /** Looks at it again where it may be otherwise by now. @throws the signal's reason */
  look: (signal?: AbortSignal) => Promise<void>;
}

interface Held extends HeldRun {
  program: Program;
  /** Over once it has been looked at. */
  looked: Promise<void>;
  /** The windows that act on it. */
  holders: Set<HeldRuns>;
}

/** How runs are opened, and where what is to be told of them is told. */
interface HoldOptions {
  appData: string;
  onNotice: (notice: string) => void;
}

/** What is held by any window, by its folder and that of the app's data: two windows on one folder of runs hold each of them once. */
const all = new Map<string, Held>();
/** What processes have open: they are asked once a second, whichever run it is about. */
const listOpen = openFilesWithin(1000);

/** Runs that a window acts on without showing them: each is opened and looked at once, followed never, and let go with the others. */
export class HeldRuns {
  readonly #options: HoldOptions;
  readonly #folders = new Set<string>();

  constructor(options: HoldOptions) {
    this.#options = options;
  }

  /**
   * The run in a folder, looked at.
   * @param options how it is read, where that was not done yet
   * @throws UsageError where it cannot be opened
   */
  async at(folder: string, options?: PoolOptions): Promise<HeldRun> {
    const held = this.#join(folder, options) ?? this.#open(folder, options);
    held.holders.add(this);
    this.#folders.add(folder);
    try {
      await held.looked;
    } catch (error) {
      this.#drop(folder, held);
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
    for (const folder of this.#folders) if (!folders.has(folder)) this.#letGo(folder);
  }

  close(): void {
    this.keepOnly(new Set());
  }

  /** What another window looked at a while ago is looked at again. */
  #join(folder: string, options: PoolOptions | undefined): Held | undefined {
    const held = all.get(this.#keyOf(folder));
    if (held && !held.holders.has(this))
      held.looked = held.looked.then(() => lookInto(held.manager, held.look, options));
    return held;
  }

  #open(folder: string, options: PoolOptions | undefined): Held {
    const holders = new Set<HeldRuns>();
    const program = new Program(folder, {
      ...this.#options,
      onNotice: (notice) => {
        for (const holder of holders) holder.#options.onNotice(notice);
      },
    });
    const { manager } = program;
    const witness = new RunWitness(manager, listOpen);
    const look = (signal?: AbortSignal) => witness.look(signal);
    const looked = lookInto(manager, look, options);
    const held = { program, manager, handles: new VersionHandles(0), look, looked, holders };
    all.set(this.#keyOf(folder), held);
    return held;
  }

  #letGo(folder: string): void {
    this.#folders.delete(folder);
    const held = all.get(this.#keyOf(folder));
    held?.holders.delete(this);
    if (held?.holders.size === 0) this.#drop(folder, held);
  }

  /** Whoever asks for it next opens it anew. */
  #drop(folder: string, held: Held): void {
    this.#folders.delete(folder);
    if (all.get(this.#keyOf(folder)) !== held) return;
    all.delete(this.#keyOf(folder));
    void held.program.close();
  }

  #keyOf(folder: string): string {
    return `${this.#options.appData}\0${folder}`;
  }
}

/** What files say that have no sidecar counts where versions are ranked. */
async function lookInto(
  manager: ModelManager,
  look: HeldRun['look'],
  options: PoolOptions | undefined,
): Promise<void> {
  await look();
  await manager.checkStructures(manager.unaskedIds(), options);
}

import { join } from 'node:path';
import { runFolders } from '../catalog/list-names.ts';
import { foldersToldBelow } from '../catalog/version-folders.ts';
import { untouchedSince } from '../files/file-identity.ts';
import type { OpenFiles } from '../files/open-files.ts';
import { intentFolder } from '../operations/operation.ts';
import type { RunReader } from '../run-reader.ts';
import { type Witness, witnessRun } from './witness-run.ts';

/** What a run was read from, relative to it, beside what Cairn keeps of it. */
export function foldersOf(run: RunReader): string[] {
  const own = runFolders(run.config).map(({ path }) => path);
  const versions = [...run.versionFolders, ...foldersToldBelow(run.root, run.config)];
  return [...new Set([...own, ...versions, '.hydra', intentFolder, ...run.logFolders])];
}

/** Looks at a run again only where it may be otherwise by now: of a thousand runs most are not, and reading each of them takes its time. */
export class RunWitness {
  readonly #run: RunReader;
  readonly #listOpen: () => OpenFiles;
  readonly #withTexts: boolean;
  /** When it was last begun to look at the run, in milliseconds; null for never. */
  #lookedAt: number | null = null;
  /** Of its files as they were seen to be what that look saw; null before they were. */
  #state: string | null = null;

  /** @param listOpen what processes have open @param withTexts as of looking */
  constructor(run: RunReader, listOpen: () => OpenFiles, withTexts = false) {
    this.#run = run;
    this.#listOpen = listOpen;
    this.#withTexts = withTexts;
  }

  /**
   * Looks at the run, but for one of which nothing was touched, came or went since this was done last, and to which no process writes: of that
   * only what is on record is read. @throws what looking throws; the signal's reason
   */
  async look(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.#run.readRecords();
    if (this.#isAsLookedAt()) return;
    this.#state = null;
    const lookedAt = Date.now();
    const [withTexts, listOpen] = [this.#withTexts, this.#listOpen];
    await this.#run.look({ withTexts, listOpen, ...(signal ? { signal } : {}) });
    this.lookedAt(lookedAt);
  }

  /** Takes in that the whole run was looked at. @param at when that was begun, in milliseconds */
  lookedAt(at: number): void {
    this.#state = null;
    this.#lookedAt = at;
  }

  /** The first time after a look by when its files were touched, for a run that is looked at once need not be witnessed; from then on by all of their state. */
  #isAsLookedAt(): boolean {
    const witness = this.#lookedAt === null ? null : this.#witness();
    if (witness === null || this.#lookedAt === null) return false;
    if (this.#state !== null) return witness.state === this.#state;
    if (!untouchedSince(witness, this.#lookedAt)) return false;
    this.#state = witness.state;
    return true;
  }

  /** Null where it cannot be told, or somebody writes. */
  #witness(): Witness | null {
    const folders = foldersOf(this.#run).map((folder) => join(this.#run.root, folder));
    const witness = witnessRun(folders, (name, file) => this.#listOpen().isHeld(name, file));
    return witness?.isHeld ? null : witness;
  }
}

import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { settingsFile } from '../config/settings.ts';
import { untouchedSince } from '../files/file-identity.ts';
import { openFilesWithin } from '../files/open-files.ts';
import { bookkeepingFolder, defaultAppData } from '../files/run-bookkeeping.ts';
import { openFrames, pairsIn, readFrame } from '../run-index/frames.ts';
import { workspaceIndexFile } from '../run-index/index-folder.ts';
import type { IndexFile } from '../run-index/part-index.ts';
import { PartWriter } from '../run-index/part-writer.ts';
import { decodeRuns, encodeRuns, type KeptRun } from './kept-run.ts';
import { type Witness, witnessRun } from './witness-run.ts';

/** Runs in a frame of the file. */
const inFrame = 500;
const nothing = new Uint8Array();

/**
 * What was found below a folder when it was searched before. A run is taken from it only while nothing in the folders that it was read from was
 * touched, came or went since, and nobody writes there. It spares time alone, and may be deleted at any moment.
 */
export class WorkspaceIndex {
  /** What processes have open; they are asked once a second. */
  readonly listOpen = openFilesWithin(1000);
  readonly #root: string;
  readonly #file: IndexFile | null;
  readonly #before = new Map<string, KeptRun>();
  readonly #now: KeptRun[] = [];
  #isOther = false;

  constructor(root: string) {
    this.#root = root;
    this.#file = workspaceIndexFile(root, join(defaultAppData(), settingsFile));
    if (this.#file) for (const run of runsIn(this.#file)) this.#before.set(run.run.path, run);
  }

  /** A run that is as it was. @param path relative to the root, '' for itself */
  find(path: string): KeptRun | null {
    const kept = this.#before.get(path);
    const witness = kept && this.#witness(path, kept.folders);
    if (!witness || witness.isHeld || witness.state !== kept.state) return null;
    this.#now.push(kept);
    return kept;
  }

  /** Remembers a run. @param readAt when it began to be read, in milliseconds: what was touched since is read again next time */
  keep(found: Omit<KeptRun, 'state'>, readAt: number): void {
    const witness = this.#file && this.#witness(found.run.path, found.folders);
    if (!witness || witness.isHeld || !untouchedSince(witness, readAt)) return;
    this.#now.push({ ...found, state: witness.state });
    this.#isOther = true;
  }

  /** Once every run was found. */
  close(): void {
    if (!this.#file || (!this.#isOther && this.#now.length === this.#before.size)) return;
    const writer = new PartWriter(this.#file.path, this.#file.fingerprint);
    for (let at = 0; at < this.#now.length; at += inFrame)
      writer.add(encodeRuns(this.#now.slice(at, at + inFrame)), nothing);
    writer.finish();
  }

  #witness(path: string, folders: readonly string[]): Witness | null {
    const root = join(this.#root, path);
    try {
      const all = [...folders.map((folder) => join(root, folder)), bookkeepingFolder(root)];
      return witnessRun([...new Set(all)], (name, file) => this.listOpen().isHeld(name, file));
    } catch {
      return null;
    }
  }
}

/** What cannot be read is as if it were not there. */
function runsIn({ path, fingerprint }: IndexFile): KeptRun[] {
  let file: number | null = null;
  try {
    file = openFrames(path);
    const open = file;
    return [...pairsIn(file, fingerprint)].flatMap(({ rowsAt }) => {
      const bytes = readFrame(open, rowsAt);
      return bytes ? decodeRuns(bytes) : [];
    });
  } catch {
    return [];
  } finally {
    if (file !== null) closeSync(file);
  }
}

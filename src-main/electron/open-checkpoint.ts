import { randomBytes } from 'node:crypto';
import { type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import type { Integrity } from '../../shared/model/integrity.ts';
import type { EnclosingRun } from '../core/find-enclosing-run.ts';
import { runAsideOf } from '../core/find-what-is-named.ts';
import { claimInFolder } from '../core/integrity/claim-in-folder.ts';
import { verifyFiles } from '../core/integrity/integrity-pool.ts';
import type { Claim } from '../core/integrity/verification.ts';
import type { WorkTools } from './work.ts';

/** A checkpoint that is open in one window without a run. Only its name and its place are read here; threads read the file. */
export class OpenCheckpoint {
  readonly checkpointId = randomBytes(16).toString('hex');
  readonly path: string;
  #claim: Claim;
  #status: Stats | undefined;
  #integrity: Integrity | null = null;
  #run: EnclosingRun | null;

  /** @param path absolute */
  constructor(path: string) {
    this.path = path;
    this.#claim = claimOf(path);
    this.#status = statusOf(path);
    this.#run = runOf(path);
  }

  /** The run that its folder is, and its id there; null where it is none. */
  get run(): EnclosingRun | null {
    return this.#run;
  }

  summarise(): CheckpointFile {
    return {
      checkpointId: this.checkpointId,
      name: basename(this.path),
      path: this.path,
      size: this.#status?.size ?? null,
      modifiedAt: this.#status?.mtime.toISOString() ?? null,
      runName: this.#run && basename(this.#run.root),
      recorded: this.#claim.expected,
      integrity: this.#integrity,
    };
  }

  /** Reads every byte; null where it became another file meanwhile. @throws the signal's reason */
  async verify({ signal, onBytes, expect }: WorkTools): Promise<Integrity | null> {
    this.look();
    this.#claim = claimOf(this.path);
    expect(this.#status?.size ?? 0);
    const take = ({ integrity }: { integrity: Integrity }) => {
      this.#integrity = integrity;
    };
    await verifyFiles([this.#claim], take, { signal, onBytes });
    this.look();
    return this.#integrity;
  }

  /** Looks whether it is still the file that it was; what was found of another counts no longer. Gives whether it is another. */
  look(): boolean {
    const [before, now] = [this.#status, statusOf(this.path)];
    if (isSame(before, now)) return false;
    this.#status = now;
    this.#claim = claimOf(this.path);
    this.#run = runOf(this.path);
    this.#integrity = null;
    return true;
  }
}

function isSame(a: Stats | undefined, b: Stats | undefined): boolean {
  return a?.ino === b?.ino && a?.size === b?.size && a?.mtimeMs === b?.mtimeMs;
}

/** Undefined where nothing is, or it may not be looked at. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Null too where that cannot be told. */
function runOf(path: string): EnclosingRun | null {
  try {
    return runAsideOf(path);
  } catch {
    return null;
  }
}

/** Its folder may not be readable, or be gone. */
function claimOf(path: string): Claim {
  try {
    return claimInFolder(path);
  } catch {
    return { id: path, path, expected: null, recordedSize: null, previous: null };
  }
}

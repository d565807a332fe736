import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, renameSync, unlinkSync } from 'node:fs';
import { hostName } from '../files/stage-file.ts';
import { writeFrame } from './frames.ts';

const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** Names of files that are being written, and of those whose writer was killed, by this machine. */
export const unfinished = `.${hostName}.tmp`;

/**
 * Writes a new file of the index, beside the old one until it is whole. Where that cannot be done, nothing is written and nothing
 * is said: the index only spares time. Not synced either: what a crash tears is recognised.
 */
export class PartWriter {
  readonly #path: string;
  readonly #unfinished: string;
  readonly #fingerprint: string;
  #file: number | null = null;
  #failed = false;

  constructor(path: string, fingerprint: string) {
    this.#path = path;
    this.#unfinished = `${path}.${randomBytes(8).toString('hex')}${unfinished}`;
    this.#fingerprint = fingerprint;
  }

  /** Adds a slice: its rows, and its texts, empty where it has none; at the end what the folders held, without texts. */
  add(rows: Uint8Array, texts: Uint8Array): void {
    this.#try(() => {
      const file = this.#open();
      writeFrame(file, rows);
      writeFrame(file, texts);
    });
  }

  /** Puts what was written in the place of the old file. */
  finish(): void {
    this.#try(() => {
      // While it has its unfinished name it is open: that tells it from one whose writer was killed.
      const file = this.#open();
      renameSync(this.#unfinished, this.#path);
      this.#file = null;
      closeSync(file);
    });
  }

  #open(): number {
    if (this.#file !== null) return this.#file;
    this.#file = openSync(this.#unfinished, flags, 0o600);
    writeFrame(this.#file, Buffer.from(this.#fingerprint));
    return this.#file;
  }

  #try(write: () => void): void {
    if (this.#failed) return;
    try {
      write();
    } catch {
      this.#failed = true;
      this.#discard();
    }
  }

  #discard(): void {
    try {
      if (this.#file !== null) closeSync(this.#file);
      this.#file = null;
      unlinkSync(this.#unfinished);
    } catch {
      // Whoever reads the run next clears it away.
    }
  }
}

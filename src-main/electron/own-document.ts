import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { makeFolder } from '../core/files/make-folder.ts';

/**
 * A small JSON file of the app's own, such as the recent runs. One that is damaged counts as not there: nothing in it is worth a
 * window that does not open. That it cannot be written is said in the log, and holds nothing up.
 */
export class OwnDocument<T> {
  readonly #file: string;
  readonly #schema: z.ZodType<T>;

  constructor(file: string, schema: z.ZodType<T>) {
    this.#file = file;
    this.#schema = schema;
  }

  read(): T | null {
    try {
      return this.#schema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return null;
    }
  }

  write(value: T): void {
    try {
      makeFolder(dirname(this.#file));
      writeFileSync(`${this.#file}.tmp`, JSON.stringify(value, null, 2), { mode: 0o600, flush: true });
      renameSync(`${this.#file}.tmp`, this.#file);
    } catch (error) {
      console.error(`${this.#file} was not saved:`, error);
    }
  }
}

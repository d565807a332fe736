import { z } from 'zod';
import { OwnDocument } from './own-document.ts';

const schema = z.strictObject({ folder: z.string().min(1).max(32_768) });

/** Where new backups go unless a person says otherwise, kept in a file of its own: its path never comes from the page. */
export class BackupPlaceFile {
  readonly #document: OwnDocument<z.infer<typeof schema> | null>;
  #folder: string | null;

  constructor(file: string) {
    this.#document = new OwnDocument(file, schema.nullable());
    this.#folder = this.#document.read()?.folder ?? null;
  }

  /** Null for with each run. */
  get folder(): string | null {
    return this.#folder;
  }

  change(folder: string | null): void {
    this.#folder = folder;
    this.#document.write(folder === null ? null : { folder });
  }
}

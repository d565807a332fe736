import type { StorageBytes } from '../contents.ts';
import type { Source } from '../source.ts';

/** What a pickle refers to without holding it. */
export interface Surroundings {
  /** What the pickle was read from, and so where its own bytes are. */
  source: Source;
  /** Where the bytes of a storage are, or a few words on why they are not to be had. */
  findStorage(key: string): StorageBytes | string;
}

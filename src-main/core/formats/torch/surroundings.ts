import type { StorageBytes } from '../contents.ts';
import type { Value } from '../pickle/value.ts';
import type { Source } from '../source.ts';
import type { StorageClaim } from './storage-claim.ts';

/** What a pickle refers to without holding it. */
export interface Surroundings {
  /** What the pickle was read from, and so where its own bytes are. */
  source: Source;
  /** Where the bytes of a storage are, or a few words on why they are not to be had. */
  findStorage(key: string): StorageBytes | string;
  /** Storages that stand in the pickle itself, each as a call that would load it. */
  inlineStorages?: ReadonlyMap<Value, InlineStorage>;
  /** Within how many others the tensor is that is rebuilt; within none without it. */
  within?: number;
}

/** A storage as a file of its own inside a pickle; its key is told from all others of the pickle. */
export interface InlineStorage {
  claim: StorageClaim;
  bytes: StorageBytes;
}

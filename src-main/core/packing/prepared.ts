import type { Chunks } from '../files/stage-file.ts';

export interface Preparing {
  /** What is read, as the person named it. */
  path: string;
  /** Without the optimizer. */
  slim?: boolean;
  /** What is put beside all else, where the file is not what it was. */
  mark?: { key: string; note: { [key: string]: string | string[] } };
}

/** What is to be written, before it is. `leftOut`: what of the checkpoint is not in it, by its path of keys. */
export interface Prepared {
  chunks: Chunks;
  tensors: number;
  leftOut: string[];
}

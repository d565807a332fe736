import type { Contents, Notes } from './contents.ts';
import type { Source } from './source.ts';

/** The names of `cairn inspect`, and those of files that are no checkpoint. */
export type FormatName =
  | 'torch-zip'
  | 'torchscript'
  | 'torch-legacy'
  | 'torch-tar'
  | 'safetensors'
  | 'sharded-safetensors'
  | 'sharded-torch'
  | 'sb3'
  | 'keras'
  | 'npz'
  | 'npy'
  | 'zip'
  | 'pickle'
  | 'gzip'
  | 'gguf'
  | 'hdf5'
  | 'onnx'
  | 'saved-model'
  | 'flax-msgpack'
  | 'tf-index'
  | 'dcp'
  | 'orbax'
  | 'mlflow-model'
  | 'lfs-pointer'
  | 'annex-link'
  | 'empty'
  | 'unknown';

/** An archive of no known kind is as little a checkpoint as what is of no known format: it may be a dataset. */
export function isAnything(format: FormatName): boolean {
  return format === 'unknown' || format === 'zip';
}

/**
 * What a file's structure alone says of it. `whole`: everything the format promises to be there is there.
 * `torn`: something is not. `unknown`: the structure cannot tell. `detail` is one sentence, null when whole.
 */
export interface Structure {
  format: FormatName;
  state: 'whole' | 'torn' | 'unknown';
  detail: string | null;
}

/** The start of a file: enough to recognise every format by. */
export interface Head {
  readonly name: string;
  /** Of the whole file, in bytes. */
  readonly size: number;
  /** The first bytes, at most {@link headLength}. */
  readonly bytes: Buffer;
  /** Whether HDF5 begins somewhere in the file, behind them or not. */
  readonly isHdf5FurtherOn?: boolean;
}

export const headLength = 4096;

/**
 * One format. All functions read bounded amounts, execute nothing, and throw on I/O errors and on
 * {@link import('./damage.ts').Damage} alone.
 */
export interface Format {
  /** The format's name, as far as the first bytes tell, or null when they are not of this format. */
  recognise(head: Head): FormatName | null;
  checkStructure(source: Source, recognised: FormatName): Promise<Structure>;
  /** What is in it, as far as that can be told; absent where a format is only recognised. */
  readContents?(source: Source, recognised: FormatName): Promise<Contents>;
  /** What it says of itself, and no more of it than that: null where that is nothing, absent where the format has no place for it. */
  readNotes?(source: Source, budget: number): Promise<Notes | null>;
}

export const whole = (format: FormatName): Structure => ({ format, state: 'whole', detail: null });
export const torn = (format: FormatName, detail: string): Structure => ({ format, state: 'torn', detail });
export const unknown = (format: FormatName, detail: string): Structure => ({
  format,
  state: 'unknown',
  detail,
});

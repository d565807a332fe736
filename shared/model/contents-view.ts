import type { DiffOutput } from './diff-output.ts';
import type { Hyperparameter } from './hyperparameters.ts';
import type { InspectOutput, StoredAs } from './inspect-output.ts';
import type { OptimizerView } from './optimizer-view.ts';

/** A tensor as the window lists it; requests name it by its place in the list. All texts are a file's. */
export interface TensorView {
  label: string;
  dtype: string;
  shape: readonly number[];
  parameters: number;
  /** Of its elements, in bytes. */
  bytes: number;
  /** Whether another tensor of the list shows the same storage. */
  shared: boolean;
  /** Whether its elements can be read at all. */
  readable: boolean;
  /** What its numbers are of where they are not simply its elements. */
  stored_as: StoredAs | null;
  /** Why no statistics can be had of it; null where they can. */
  not_measured: string | null;
  part: 'model' | 'optimizer' | 'other';
  /** What the file calls its storage, and where in it the elements are: both counted in elements; null where the format has no such thing. */
  storage: string | null;
  offset: number | null;
  stride: readonly number[] | null;
  /** Where it was when it was saved; null where the format does not tell. */
  device: string | null;
}

/** A value that a checkpoint and its sidecar both have and do not agree on. */
export interface Disagreement {
  key: string;
  contents: unknown;
  sidecar: unknown;
}

/** What the window shows of a checkpoint. `left_out` counts what was more than it lists. */
export interface ContentsView
  extends Pick<
    InspectOutput,
    | 'format'
    | 'written_by'
    | 'byte_order'
    | 'file_size_bytes'
    | 'bytes_read'
    | 'totals'
    | 'carried'
    | 'trust'
    | 'unread'
    | 'targets'
    | 'problems'
  > {
  checkpoint_version: unknown;
  training_state: unknown;
  metadata: unknown;
  metrics: unknown;
  entries: InspectOutput['entries'];
  globals: InspectOutput['globals'];
  tensors: readonly TensorView[];
  disagreements: readonly Disagreement[];
  hyperparameters: readonly Hyperparameter[];
  optimizer: OptimizerView | null;
  /** What storages of the optimizer take, in bytes. */
  optimizer_bytes: number;
  /** Whether a record is beside it. */
  has_sidecar: boolean;
  left_out: { tensors: number; entries: number; globals: number; problems: number; hyperparameters: number };
}

/** How many finite elements are at least `from` and less than `to`; the last bin has its end too. */
export interface BinView {
  from: number;
  to: number;
  count: number;
}

/** How two versions differ, as the window lists it; `left_out` counts names and values beyond that. */
export type DiffView = Omit<DiffOutput, 'a' | 'b'> & { left_out: number };

/** Numbers of a slice, row-major: a number, the name of one that JSON lacks, every digit of a long one, or a complex pair. */
export type PeekedValue = number | string | readonly [real: number | string, imaginary: number | string];

/** The L2 norm of each layer over versions, which are told by their handles; `NaN` where an element is, null where a version has no such layer. */
export interface DriftView {
  versions: readonly number[];
  layers: readonly { label: string; norms: readonly (number | string | null)[] }[];
  first_nan: { version: number; layers: readonly string[] } | null;
  /** The versions of which something could not be measured. */
  incomplete: readonly number[];
  left_out: { versions: number; layers: number };
}

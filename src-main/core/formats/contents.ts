import type { Json } from '../../../shared/model/json.ts';
import type { Ranking } from '../../../shared/model/metric.ts';
import type { FormatName } from './format.ts';
import type { Value } from './pickle/value.ts';
import type { Source } from './source.ts';
import type { TextBytes } from './text-bytes.ts';
import type { Surroundings } from './torch/surroundings.ts';
import type { PackedBytes } from './zip/open-member-later.ts';

/** Where the elements of a tensor's storage are: `length` bytes from `start` of a source, one after the other. */
export interface StorageBytes {
  source: Source;
  start: number;
  length: number;
  byteOrder: 'little' | 'big';
  /** Where the text is that stands for them, of those that are in the file as one; `start` is then 0. */
  text?: TextBytes;
  /** The member that they are packed in; `start` is then one of what it unpacks to. */
  packed?: PackedBytes;
  /** Of bytes that stand in a member of an archive as they are, where it has one. */
  recorded?: RecordedChecksum | undefined;
}

/** The CRC-32 on record for a member: of `length` bytes from `start` of the source that the storage is in. */
export interface RecordedChecksum {
  member: string;
  crc32: number;
  start: number;
  length: number;
}

/** Bytes that a file says are in another one. */
export interface PieceBeside {
  /** As it stands in the file: it may be meant to lead away. The others are in bytes. */
  location: string;
  start: number;
  length: number;
}

/** A tensor as a checkpoint describes it. Nothing of its elements has been read. */
export interface Tensor {
  /** The path of keys that leads to it, joined by `.`. */
  name: string;
  /** PyTorch's short name: `float32`, `bfloat16`, `int64`, … */
  dtype: string;
  shape: readonly number[];
  /** In elements, like `offset`, which is counted within the storage; null where the format has no such thing. */
  stride: readonly number[] | null;
  offset: number | null;
  /** Of its elements, as if each stood once, in bytes. */
  bytes: number;
  /** What tells its storage from the others of the file; tensors that share one name the same. */
  storage: string | null;
  part: 'model' | 'optimizer' | 'other';
  /** Where it was when it was saved, by PyTorch's name: `cuda:0`. Absent where the format does not tell. */
  device?: string | undefined;
  /** Where its elements are when that is another file: it is opened, if it may be, by whoever knows the folder. */
  beside?: PieceBeside | undefined;
  /** Of a sparse one, the values that are stored, which stand for its elements where those are measured. */
  values?: StoredValues | undefined;
  /** Of a sparse one, where in it those values belong. */
  places?: SparsePlaces | undefined;
  /** Of a quantized one, what its integers stand for: those numbers are measured, shown, exported and compared. */
  quantized?: Quantization | undefined;
  /** Why its elements are not read though nothing is wrong with them, in a few words. */
  notRead?: string | undefined;
  /** Null where its elements cannot be read: the file was cut off, the storage is smaller than the tensor claims, … */
  data: StorageBytes | null;
}

/** Numbers of a type, and where they lie. */
export type StoredValues = Pick<Tensor, 'dtype' | 'shape' | 'stride' | 'offset' | 'data'>;

/**
 * `coo`: of each value its index in each of the first dimensions, one row for each of these. The others: where the values of each row, or column, begin,
 * with the end of the last; then of each value its place there. The values of `bsr` and `bsc` are blocks.
 */
export interface SparsePlaces {
  layout: 'coo' | 'csr' | 'csc' | 'bsr' | 'bsc';
  indices: readonly StoredValues[];
}

/** Each element is `scale` times what its integer is above the zero point, as float32. aten/src/ATen/quantized/Quantizer.h */
export interface Quantization {
  scheme: string;
  /** Both null where each channel has its own. */
  scale: number | null;
  /** Like `axis` a safe integer, or null where the file has anything else. */
  zeroPoint: number | null;
  /** Along which channels lie, where they have their own. */
  axis: number | null;
  /** One of each for each channel; absent where the file has no such tensors. */
  channels?: { scales: StoredValues; zeroPoints: StoredValues } | undefined;
}

/** A class or function that a pickle names. It is never looked up. */
export interface PickledGlobal {
  module: string;
  name: string;
  called: boolean;
  class: 'tensor' | 'data' | 'code';
  /** Of the first instruction that names it, in bytes from the start of its pickle's file or member; null where it is in no pickle. */
  offset: number | null;
}

/** Something at the top of a checkpoint: its key, what kind of thing it is, and a few words on it. */
export interface Entry {
  key: string;
  type: string;
  summary: string;
}

export type Trust = 'tensors-only' | 'needs-classes' | 'runs-code';

/** Parameters that an optimizer treats alike, and how. */
export interface ParameterGroup {
  /** What it calls each of them: a number in the order of the model, by which its state is kept. */
  parameters: readonly string[];
  /** What the model calls each of them, where that is written down. */
  names: readonly string[] | null;
  /** Its learning rate and whatever else it goes by. */
  values: Json;
}

/** What `state_dict()` of an optimizer of PyTorch says beside its tensors. */
export interface OptimizerRecord {
  /** The path of keys that leads to it; empty where it is the whole. */
  name: string;
  /** The name of its class, where it was pickled as an object. */
  kind?: string | undefined;
  groups: readonly ParameterGroup[];
  /** Counters that stand as plain numbers, by parameter, as PyTorch had them before 1.12. */
  steps: ReadonlyMap<string, number>;
}

export type FrameworkName =
  | 'lightning'
  | 'stable-baselines3'
  | 'sample-factory'
  | 'cleanrl'
  | 'tianshou'
  | 'keras'
  | 'flax'
  | 'ultralytics'
  | 'rl-games'
  | 'fairseq'
  | 'nanogpt';

/** The framework that wrote a checkpoint, by what only it writes. */
export interface WrittenBy {
  framework: FrameworkName;
  /** The framework's own, as it says; null where it does not. */
  version: string | null;
  /** The name of the file that was its best when this one was saved, where it says so. The folder it stood in may be gone. */
  best: string | null;
  /** Those of all that it kept one by each, where it says of several. */
  bests?: readonly string[];
  /** The metric that it told its best by, where it says so. */
  chose?: Ranking | null;
}

/** What a checkpoint says of itself beside its tensors; each is null where it does not. */
export interface Notes {
  checkpointVersion: Json;
  trainingState: Json;
  metadata: Json;
  /** When it was saved, as the older generation has it beside its metadata. */
  timestamp: Json;
  /** What training measured and how it was set up, where they stand beside the metadata. */
  metrics: Json;
  hyperparameters: Json;
  /** Null where it does not tell. */
  writtenBy: WrittenBy | null;
}

/** Why a pickle was not read to its end: `torn` where it breaks off, `unknown` where it has more than is looked at, which is no fault of it. */
export interface Stop {
  why: string;
  state: 'torn' | 'unknown';
}

/** What is in a checkpoint, read without executing anything. */
export interface Contents extends Notes {
  format: FormatName;
  entries: readonly Entry[];
  tensors: readonly Tensor[];
  optimizers: readonly OptimizerRecord[];
  globals: readonly PickledGlobal[];
  trust: Trust;
  /** What one pickle of PyTorch describes, for whoever writes it anew; null where that is not all there is. It stays in its thread. */
  pickled: { root: Value; around: Surroundings } | null;
  /** What of it might call something when it is loaded and was not read, each in a few words. */
  unread: readonly string[];
  /** Pieces of its tensors in other files that are not read, each with the name of its tensor; absent where a format has none. */
  pieces?: readonly (PieceBeside & { of: string })[];
  /** What stopped the reading of a pickle that says which tensors there are; absent where it was read to its end. */
  stopped?: Stop | undefined;
  /** What is wrong with the file, each a sentence; empty for a whole one. */
  problems: readonly string[];
}

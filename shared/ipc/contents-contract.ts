import { z } from 'zod';
import { handle, nothing, run, task, version, versionHandle } from './handles.ts';

const count = z.number().int().nonnegative();
const mostDimensions = 64;

/** A file that was opened, and one of its tensors by its place in the list. */
const contentsId = handle;
const tensor = z.strictObject({ contentsId, tensor: count });
const range = z.strictObject({ from: count, to: count });

/** `measured`: whether all of it was measured when it was looked into before, so that statistics are there at once. */
export const openedContents = z.strictObject({ contentsId, json: z.string(), measured: z.boolean() });

/**
 * The requests that look into versions. One file is open per window: opening another closes it. `json` is text, of a
 * `ContentsView` where a file is opened, of a `PeekedValue[]` where a slice is looked at; what work comes to is null
 * once it was cancelled.
 */
export const contentsRequests = {
  openContents: { input: version, output: openedContents },
  closeContents: { input: z.strictObject({ contentsId }), output: nothing },
  /** Every tensor, or those at these places: `statistics`, a `(TensorStatistics | null)[]` in that order, and `damaged`, sentences on members of an archive whose bytes are not those on record. */
  measureTensors: {
    input: z.strictObject({ contentsId, tensors: z.array(count).max(1000).nullable() }),
    output: task,
  },
  /** `BinView[]`, or null for elements that are no real numbers. */
  countBins: {
    input: tensor.extend({ scale: z.enum(['linear', 'magnitude']) }),
    output: task,
  },
  peekTensor: {
    input: tensor.extend({ ranges: z.array(range).max(mostDimensions) }),
    output: z.strictObject({ json: z.string().nullable() }),
  },
  /** Bytes of a tensor's storage as they stand, as figures in base 16, from so many on; `all` is how many there are. Null where they are not in the file. */
  peekBytes: {
    input: tensor.extend({ from: count }),
    output: z.strictObject({ figures: z.string().nullable(), all: count }),
  },
  /** Asks the person where to; null when they think better of it. `{ label, bytes }` of the file that was written. */
  exportTensor: {
    input: tensor.extend({ format: z.enum(['npy', 'csv']) }),
    output: z.strictObject({ taskId: handle.nullable() }),
  },
  /**
   * Several tensors, all where none is named: as one `.npz`, or as a new folder of `.npy` or `.csv` in one that the person chooses. Asks where to, as
   * {@link exportTensor} does; `{ label, bytes, tensors, leftOut }`, the last two counted.
   */
  exportTensors: {
    input: z.strictObject({
      contentsId,
      tensors: z.array(count).min(1).max(100_000).nullable(),
      form: z.enum(['npz', 'folder', 'csv']),
    }),
    output: z.strictObject({ taskId: handle.nullable() }),
  },
  /** All that `cairn inspect --json` says of the file. Asks the person where to, as {@link exportTensor} does, and comes to the same. */
  exportContents: {
    input: z.strictObject({ contentsId }),
    output: z.strictObject({ taskId: handle.nullable() }),
  },
  /** `DiffView`. They may be of two runs; it is work of that of `b`. */
  compareVersions: {
    input: z.strictObject({ a: versionHandle, b: versionHandle }),
    output: task,
  },
  /** `DriftView`, of parts that are `MeasuredVersion`s. */
  measureRun: { input: run, output: task },
  /** `WeightsFound` of a version, null where they cannot be measured. It is remembered, too. */
  checkWeights: { input: z.strictObject({ version: versionHandle }), output: task },
  /** Those parts of what work comes to that it has found, after so many; not all at once. None of most work. */
  readParts: { input: task.extend({ from: count }), output: z.strictObject({ json: z.string() }) },
  awaitWork: { input: task, output: z.strictObject({ json: z.string().nullable() }) },
} as const;

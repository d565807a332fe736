import { z } from 'zod';
import { hyperparameterSchema } from './hyperparameters.ts';
import { jsonNumber } from './json-schemas.ts';
import { optimizerViewSchema } from './optimizer-view.ts';
import { tensorStatisticsSchema } from './tensor-statistics.ts';

const name = z.string();
const count = z.number();

/**
 * `implied_zeros`: elements of a sparse one that are not stored, and so in none of its numbers; at least so many, for a place may be stored more than once. Null for more than can be
 * counted. Each element of a quantized one is `scale` times what its integer is above `zero_point`; null where each index of `axis` has its own.
 */
const storedAsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sparse'), values: count, implied_zeros: count.nullable() }),
  z.strictObject({
    kind: z.literal('quantized'),
    scheme: z.string(),
    scale: jsonNumber.nullable(),
    zero_point: z.number().int().nullable(),
    axis: z.number().int().nullable(),
  }),
]);
export type StoredAs = z.infer<typeof storedAsSchema>;

const tensorSchema = z.strictObject({
  /** The path of keys that leads to it, joined by `.`. */
  name,
  /** PyTorch's short name. */
  dtype: z.string(),
  shape: z.array(count),
  /** In elements, like `offset`, which is counted within the storage; null where a format has no such thing. */
  stride: z.array(count).nullable(),
  offset: count.nullable(),
  bytes: count,
  /** Tensors that share a storage name the same. */
  storage: z.string().nullable(),
  /** Where it was when it was saved, by PyTorch's name: `cuda:0`; null where the format does not tell. */
  device: z.string().nullable(),
  /** What its numbers are of where they are not simply its elements: of a sparse one its stored values, of a quantized one what its integers stand for. */
  stored_as: storedAsSchema.nullable(),
  /** Why no statistics can be had of it; null where they can. */
  not_measured: z.string().nullable(),
  /** There when they were asked for and the elements can be read. */
  stats: tensorStatisticsSchema.optional(),
});

const globalSchema = z.strictObject({
  module: z.string(),
  name,
  called: z.boolean(),
  class: z.enum(['tensor', 'data', 'code']),
  /** Of the first instruction that names it, in bytes from the start of its pickle's file or archive member; null where it is in no pickle. */
  offset: count.nullable(),
});

/** What of the state of a training a checkpoint holds beside the model, and under which of its keys. */
const carriedStateSchema = z.strictObject({
  what: z.enum([
    'optimizer',
    'scheduler',
    'random numbers',
    'gradient scaler',
    'replay buffer',
    'normalisation',
  ]),
  keys: z.array(z.string()),
});
export type CarriedState = z.infer<typeof carriedStateSchema>;

/** What `--export` wrote: a file or a folder, and the tensors whose elements could not be read in their order. */
const exportedSchema = z.strictObject({
  path: z.string(),
  tensors: count,
  bytes: count,
  left_out: z.array(name),
});
export type ExportedOutput = z.infer<typeof exportedSchema>;

/** What `cairn inspect` finds in a checkpoint. */
export const inspectOutputSchema = z.strictObject({
  path: z.string(),
  format: z.string().meta({
    description:
      'torch-zip, torch-legacy, torch-tar, torchscript, safetensors, sharded-safetensors, sharded-torch, sb3, keras, hdf5, npz, npy, zip, pickle, gzip, gguf, onnx, saved-model, flax-msgpack, tf-index, dcp, orbax, mlflow-model, lfs-pointer, annex-link or unknown; there may be more',
  }),
  /** The framework that wrote it and its version, as far as it tells. */
  written_by: z.strictObject({ framework: z.string(), version: z.string().nullable() }).nullable(),
  /** In which order the bytes of the elements stand. */
  byte_order: z.enum(['little', 'big', 'both']).nullable(),
  file_size_bytes: count.nullable(),
  bytes_read: count,
  checkpoint_version: z.unknown().meta({ description: 'as the file has it, null where it has none' }),
  training_state: z.unknown().meta({ description: 'as the file has it, null where it has none' }),
  metadata: z.unknown().meta({ description: 'as the file has it, null where it has none' }),
  metrics: z.unknown().meta({ description: 'as they stand beside the metadata, null where they do not' }),
  entries: z.array(z.strictObject({ key: z.string(), type: z.string(), summary: z.string() })),
  tensors: z.array(tensorSchema),
  totals: z.strictObject({ tensors: count, parameters: count, bytes: count }),
  /** What modules seem to be, by the names and shapes of their tensors: `Linear 17 → 24`. */
  layers: z.array(z.strictObject({ name, layer: z.string() })),
  carried: z.array(carriedStateSchema),
  optimizer: optimizerViewSchema.nullable(),
  /** From the file, the sidecar and Hydra's record beside it, those first on which they do not agree. */
  hyperparameters: z.array(hyperparameterSchema),
  globals: z.array(globalSchema),
  /** What was not read counts as what runs code. */
  trust: z.enum(['tensors-only', 'needs-classes', 'runs-code']),
  /** What of the file might call something when it is loaded and was not read, each in a few words. */
  unread: z.array(z.string()),
  /** What the config beside it names to be called (Hydra's `_target_`). */
  targets: z.array(z.string()),
  problems: z.array(z.string()),
  /** There when elements were exported. */
  exported: exportedSchema.optional(),
});
export type InspectOutput = z.infer<typeof inspectOutputSchema>;

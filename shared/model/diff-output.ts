import { z } from 'zod';
import { jsonNumber } from './json-schemas.ts';

const measure = jsonNumber.nullable();
const shape = z.array(z.number());
const name = z.string();

/**
 * A tensor in both checkpoints that is not the same. `l2`, `relative_l2` (in parts of the first one's), `cosine`, `max_abs` and
 * `fraction_changed` are over the logical elements; null where the shapes differ, and where there is nothing to divide by.
 */
const changedTensorSchema = z.strictObject({
  name,
  shape_a: shape,
  shape_b: shape,
  dtype_a: z.string(),
  dtype_b: z.string(),
  l2: measure,
  relative_l2: measure,
  cosine: measure,
  max_abs: measure,
  fraction_changed: measure,
});
export type ChangedTensor = z.infer<typeof changedTensorSchema>;

/** Null on the side that does not have it, as for one that is null there. */
const valueSchema = z.strictObject({ key: z.string(), a: z.unknown(), b: z.unknown() });

export const diffOutputSchema = z.strictObject({
  a: z.string(),
  b: z.string(),
  tensors: z.strictObject({
    added: z.array(name),
    removed: z.array(name),
    changed: z.array(changedTensorSchema),
    /** Of these the bytes are the same; of sparse tensors the numbers that they stand for. */
    identical: z.number().int(),
    /** Every element equals the other one, and the bytes do not: 0 and −0, NaN of other bits, another byte order. */
    equal: z.array(name),
    /** Compared though their names begin otherwise, for the rest of the names and the shapes are the same. Elsewhere they go by the name in `a`. */
    renamed: z.array(z.strictObject({ a: name, b: name })),
    /** In both, but their elements cannot be read, or not next to each other. */
    not_compared: z.array(name),
  }),
  training_state: z.array(valueSchema),
  metadata: z.array(valueSchema),
  hyperparameters: z.array(valueSchema),
  metrics: z.array(valueSchema),
  problems: z.array(z.string()),
});
export type DiffOutput = z.infer<typeof diffOutputSchema>;

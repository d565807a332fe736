import { z } from 'zod';

const count = z.number();

/**
 * What a file tells of its optimizer. Nothing here is a promise: the kind is guessed from what it keeps, and which
 * parameter of the model is meant from order and shape.
 */
export const optimizerViewSchema = z.strictObject({
  kind: z.string().nullable(),
  /** Whether that is the name of its class, which the file has where it was pickled as an object. */
  by_class: z.boolean(),
  /** What it keeps for each parameter, such as `exp_avg`. */
  slots: z.array(z.string()),
  /** Parameters it keeps something for. */
  parameters: count,
  bytes: count,
  /** The least and the most that its step counters say; null where it has none that can be read. */
  steps: z.strictObject({ least: count, most: count }).nullable(),
  /** Parameters that are treated alike: how many, and by which numbers. `optimizer` is the path of keys to theirs. */
  groups: z.array(
    z.strictObject({
      optimizer: z.string(),
      parameters: count,
      values: z.unknown().meta({ description: 'learning rate and the like, as the file has them' }),
    }),
  ),
  states: z.array(
    z.strictObject({
      /** The path of keys to what is kept for it. */
      name: z.string(),
      /** The tensor of the model that it is of; null where that cannot be told. */
      of: z.string().nullable(),
      shape: z.array(count),
      step: count.nullable(),
      slots: z.array(z.string()),
    }),
  ),
  left_out: z.strictObject({ groups: count, states: count }),
});
export type OptimizerView = z.infer<typeof optimizerViewSchema>;

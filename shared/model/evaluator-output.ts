import { z } from 'zod';
import { anyNumber } from './json-schemas.ts';

const episode = z.union([anyNumber, z.record(z.string(), z.unknown())]);

/**
 * What an evaluator says of a model: the last line of its stdout that is a JSON object. Every member that is a number is a metric, by its
 * name (NaN and ±Infinity bare, as Python writes them, or as texts); `episodes` are the single episodes behind them, each a number, its
 * reward, or an object of numbers. Members of any other kind are passed over.
 */
export const evaluatorOutputSchema = z
  .object({ episodes: z.array(episode).optional() })
  .catchall(z.unknown())
  .describe(
    'The last line of an evaluator’s output that is a JSON object: each member that is a number is a metric',
  );

import type { Contents, Entry, Notes } from './contents.ts';
import type { FormatName } from './format.ts';

export const noNotes: Notes = {
  checkpointVersion: null,
  trainingState: null,
  metadata: null,
  timestamp: null,
  metrics: null,
  hyperparameters: null,
};

/** Contents of which nothing is known but what is wrong, and perhaps what stands at the top. */
export function emptyContents(
  format: FormatName,
  problems: readonly string[],
  entries: readonly Entry[] = [],
): Contents {
  return {
    format,
    ...noNotes,
    entries,
    tensors: [],
    optimizers: [],
    globals: [],
    trust: 'tensors-only',
    pickled: null,
    problems,
  };
}

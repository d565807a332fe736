import type { Contents, Entry } from './contents.ts';
import type { FormatName } from './format.ts';

/** Contents of which nothing is known but what is wrong, and perhaps what stands at the top. */
export function emptyContents(
  format: FormatName,
  problems: readonly string[],
  entries: readonly Entry[] = [],
): Contents {
  return {
    format,
    checkpointVersion: null,
    trainingState: null,
    metadata: null,
    entries,
    tensors: [],
    optimizers: [],
    globals: [],
    trust: 'tensors-only',
    problems,
  };
}

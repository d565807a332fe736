import type { Contents, Entry, Notes } from './contents.ts';
import type { FormatName } from './format.ts';

export const noNotes: Notes = {
  checkpointVersion: null,
  trainingState: null,
  metadata: null,
  timestamp: null,
  metrics: null,
  hyperparameters: null,
  writtenBy: null,
};

/** Contents of which nothing is known but what is wrong, and perhaps what stands at the top. Loading it may do anything. */
export function emptyContents(
  format: FormatName,
  problems: readonly string[],
  entries: readonly Entry[] = [],
): Contents {
  const unread = problems.length > 0 ? problems : ['what is in it'];
  return { ...plainContents(format, problems, entries), trust: 'runs-code', unread };
}

/** The same of a format that has no place for code, whatever is wrong with the file. */
export function plainContents(
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
    unread: [],
    problems,
  };
}

import { z } from 'zod';
import { openedContents } from './contents-contract.ts';
import { handle, nothing } from './handles.ts';

const checkpoint = z.strictObject({ checkpointId: handle });
const task = z.strictObject({ taskId: handle });

/** What was opened: the handle of a run, or of a checkpoint without one; null when the person thought better of it. */
export const opened = z.strictObject({ openedId: handle.nullable() });

/** The requests about checkpoints that are open without a run. */
export const checkpointRequests = {
  /** Asks the person for a file; one that belongs to a run opens that. */
  chooseCheckpoint: { input: nothing, output: opened },
  closeCheckpoint: { input: checkpoint, output: nothing },
  /** As `openContents`. */
  openCheckpoint: { input: checkpoint, output: openedContents },
  /** Reads every byte; the work comes to an `Integrity`. */
  verifyCheckpoint: { input: checkpoint, output: task },
  /** The checksum on record, or the one that was found, to the clipboard. */
  copyCheckpointChecksum: { input: checkpoint, output: nothing },
  /** Opens the run that its folder is, and shows it there. */
  openRunAside: { input: checkpoint, output: opened },
  revealCheckpoint: { input: checkpoint, output: nothing },
  /** Asks the person for another file, whose name and path are text to show; null where none was given. The work comes to a `DiffView`. */
  compareCheckpoint: {
    input: checkpoint,
    output: z.strictObject({
      taskId: handle.nullable(),
      other: z.strictObject({ name: z.string(), path: z.string() }).nullable(),
    }),
  },
} as const;

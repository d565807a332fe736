import { z } from 'zod';
import { handle, nothing, versionsOfRuns } from './handles.ts';

/** Columns of the table by the page's ids; of what main does not know there is nothing. */
const columns = z.array(z.string().max(10_000)).max(100_000);

/** The requests that take something out of runs, for other programs; none of them changes one, and no path crosses. */
export const takingRequests = {
  /** The cells of these versions to the clipboard, as a spreadsheet takes them. */
  copyCells: { input: versionsOfRuns.extend({ columns, heads: z.boolean() }), output: nothing },
  /** Where their files are, a line each, or lines of Python that load them, to the clipboard. */
  copyPlaces: { input: versionsOfRuns.extend({ form: z.enum(['plain', 'python']) }), output: nothing },
  /** Asks the person where to; null when they think better of it. The work comes to a {@link Written}. */
  exportList: {
    input: versionsOfRuns.extend({ columns, format: z.enum(['csv', 'json']) }),
    output: z.strictObject({ taskId: handle.nullable() }),
  },
  /** Their files go where the pointer that drags them lets go. */
  dragOut: { input: versionsOfRuns, output: nothing },
  /** What a person had written somewhere, in the system's file manager. */
  revealWritten: { input: z.strictObject({ writtenId: handle }), output: nothing },
} as const;

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
  /** Asks the person where to; null when they think better of it. `{ label, bytes }` of the file that was written. */
  exportList: {
    input: versionsOfRuns.extend({ columns, format: z.enum(['csv', 'json']) }),
    output: z.strictObject({ taskId: handle.nullable() }),
  },
  /** Their files go where the pointer that drags them lets go. */
  dragOut: { input: versionsOfRuns, output: nothing },
} as const;

import { z } from 'zod';
import { mostCompared } from '../comparison/compare-versions.ts';
import { nothing, versionHandle, written } from './handles.ts';

/** Versions as they stand side by side, of one run or several: in which order, against which of them (by its place), and which rows are shown. */
const shown = z.strictObject({
  versions: z.array(versionHandle).min(2).max(mostCompared),
  baseline: z.number().int().nonnegative(),
  rows: z.strictObject({ differencesOnly: z.boolean(), words: z.string().max(10_000) }),
});

/** The requests that take out what versions say side by side; main reads it, the page sends none of it. */
export const sideBySideRequests = {
  /** As a Markdown table to the clipboard. */
  copySideBySide: { input: shown, output: nothing },
  /** Asks the person where to; null when they think better of it. */
  exportSideBySide: {
    input: shown.extend({ format: z.enum(['csv', 'md']) }),
    output: z.strictObject({ written: written.nullable() }),
  },
} as const;

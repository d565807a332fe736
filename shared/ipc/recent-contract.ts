import { z } from 'zod';
import { opened } from './checkpoint-contract.ts';
import { handle, nothing } from './handles.ts';

/** What is remembered: a run, a checkpoint that was opened without one, or a folder of runs. */
export const recentKinds = ['run', 'checkpoint', 'workspace'] as const;

/** `folder` is where it is, text to show: of a checkpoint that was opened without a run, the file. */
const recentSchema = z.strictObject({
  recentId: handle,
  kind: z.enum(recentKinds),
  name: z.string(),
  folder: z.string(),
  openedAt: z.string(),
  present: z.boolean(),
  starred: z.boolean(),
});
export type Recent = z.infer<typeof recentSchema>;

const recent = z.strictObject({ recentId: handle });

/** The requests about what was opened before, starred ones first. */
export const recentRequests = {
  listRecents: { input: nothing, output: z.strictObject({ recents: z.array(recentSchema) }) },
  openRecent: { input: recent, output: opened },
  /** Asks the person where it is now, opens it there and remembers that in its place. */
  findRecent: { input: recent, output: opened },
  starRecent: { input: recent.extend({ starred: z.boolean() }), output: nothing },
  forgetRecent: { input: recent, output: nothing },
  /** Forgets all that are not starred. */
  clearRecents: { input: nothing, output: nothing },
} as const;

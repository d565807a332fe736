import { z } from 'zod';

/** What a person chose of the app itself, whatever run is open. `threads`: for reading files; null for one per core. */
export const appSettingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  threads: z.number().int().min(1).max(64).nullable(),
  /** Whether the system is told of long work that ended while the window was in the background. */
  notify: z.boolean(),
});
export type AppSettings = z.infer<typeof appSettingsSchema>;

export const defaultAppSettings: AppSettings = { theme: 'system', threads: null, notify: true };

/** As a person writes them, such as `7d` and `20 GB`; null for no limit. */
const limitsSchema = z.strictObject({
  maxAge: z.string().max(40).nullable(),
  maxSize: z.string().max(40).nullable(),
});

/** How long and how much is kept by itself, of runs that say nothing else: what retention moved to the trash, and backups with the run. */
export const keptLimitsSchema = z.strictObject({ trash: limitsSchema, backups: limitsSchema });
export type KeptLimits = z.infer<typeof keptLimitsSchema>;

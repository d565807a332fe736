import { z } from 'zod';
import { appSettingsSchema, keptLimitsSchema } from '../model/app-settings.ts';
import { problemSchema } from '../model/run.ts';
import { nothing } from './handles.ts';

/** Where new backups go; `shown` is its folder, text to show; `problem` is why it is not used now, and what to do. */
export const defaultPlaceSchema = z.strictObject({ shown: z.string(), problem: z.string().nullable() });

/** The requests about the app itself, whatever run is open. */
export const appRequests = {
  /** `problems`: what of the limits on file cannot be used; `limits` has the defaults in its place. */
  getSettings: {
    input: nothing,
    output: z.strictObject({
      settings: appSettingsSchema,
      limits: keptLimitsSchema,
      problems: z.array(problemSchema),
      backupPlace: defaultPlaceSchema.nullable(),
    }),
  },
  /** One of them: other windows may have changed the others. */
  changeSetting: {
    input: z.union([
      appSettingsSchema.pick({ theme: true }),
      appSettingsSchema.pick({ threads: true }),
      appSettingsSchema.pick({ notify: true }),
    ]),
    output: nothing,
  },
  /** They hold for runs that are opened from then on. */
  changeLimits: { input: keptLimitsSchema, output: nothing },
  /** Asks the person where new backups are to go; nothing changes when they think better of it. */
  chooseDefaultPlace: { input: nothing, output: nothing },
  /** New backups go with their runs again. */
  forgetDefaultPlace: { input: nothing, output: nothing },
  openNewWindow: { input: nothing, output: nothing },
  /** The licences of everything that is in the app and was made by others, as Markdown to show as text. */
  readLicences: { input: nothing, output: z.strictObject({ text: z.string() }) },
  /** Asks the person for a file and writes what helps to find a fault there: no contents of files, no paths. */
  saveDiagnostics: { input: nothing, output: z.strictObject({ saved: z.boolean() }) },
} as const;

import {
  readColumns,
  runsToRead,
  type SettingsOfRuns,
  settingsOfRuns,
} from '../../../shared/statistics/settings-of-runs.ts';
import { differingSettings } from '../contents/differing-settings.ts';
import { SettingsThread } from '../contents/settings-thread.ts';
import { unlessAborted } from '../files/unless-aborted.ts';
import type { DescribedRun } from './describe-run.ts';
import { modelOfRun } from './model-of-run.ts';

/**
 * Which settings differ between runs, and how each goes with the best of a run, as the window tells it: by what Hydra was asked for; of runs
 * without Hydra by what the sidecar, the configs and the file of the best version say. @param root of the folder they are below
 * @throws ModelManagerError where that cannot be read, the signal's reason
 */
export async function compareRuns(
  root: string,
  runs: readonly DescribedRun[],
  signal: AbortSignal,
): Promise<SettingsOfRuns> {
  const numbered = runs.map((run, handle) => ({ ...run, handle }));
  const asked = runsToRead(numbered);
  const paths = asked.map((run) => modelOfRun(root, run));
  const found = await readDifferences(paths, signal);
  return settingsOfRuns(
    numbered,
    readColumns(
      asked.map(({ handle }) => handle),
      found,
    ),
  );
}

async function readDifferences(
  paths: readonly (string | null)[],
  signal: AbortSignal,
): ReturnType<typeof differingSettings> {
  if (paths.length === 0) return { names: [], columns: [] };
  const settings = new SettingsThread();
  try {
    return await unlessAborted(signal, () => differingSettings(settings, paths));
  } finally {
    settings.close();
  }
}

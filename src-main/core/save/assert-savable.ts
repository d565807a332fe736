import { resolve } from 'node:path';
import { type ConfigInput, loadConfig, readConfig } from '../config/read-config.ts';
import { assertNamed, openRunFolder } from '../open-run-folder.ts';
import { assertApart } from './adopt-folder.ts';
import { assertConfigured, assertContents, assertRoomForRun } from './check-save.ts';
import { fileNameOf } from './choose-target.ts';
import { openSource } from './read-source.ts';
import { assertSaveName } from './save-request.ts';

/** A save that is asked for: of one file, or of each that comes into a folder. */
export interface AskedSave {
  /** What to go by instead of the config that the run has. */
  config: ConfigInput | undefined;
  from: { file: string; name: string | undefined } | { watched: string };
}

/**
 * What can be refused of a save before a run is made, or opened to write: a refused save leaves nothing.
 * @param run its folder, which need not be there
 * @throws UsageError for a name, a file or a folder that cannot be; ModelValidationError for a config that is wrong, or what
 * `strict_mode` refuses; ModelManagerError where the disk has no room for a run that is to be made
 */
export async function assertSavable(run: string, { config: given, from }: AskedSave): Promise<void> {
  assertNamed(run);
  const { config, problems } = given === undefined ? readConfig(run) : loadConfig(given);
  assertConfigured(config, problems);
  if ('watched' in from) return assertApart(resolve(run), openRunFolder(from.watched));
  if (from.name !== undefined) assertSaveName(fileNameOf(from.name, config), config);
  const source = await openSource({ path: from.file });
  await source.close();
  await assertContents(config, from.file);
  await assertRoomForRun(resolve(run), source.size ?? 0);
}

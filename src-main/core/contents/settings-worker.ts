import { parentPort } from 'node:worker_threads';
import { type KnownSettings, nameSettings } from './known-settings.ts';
import { type SettingColumn, settingColumns } from './setting-columns.ts';
import { SettingsOfFiles } from './settings-of-file.ts';

/** Files of models, null for one that is gone; what is known of them under these names, or, without any, which names there are. */
export interface SettingsRequest {
  paths: readonly (string | null)[];
  names: readonly string[] | null;
}
export type SettingsReply = ReturnType<typeof nameSettings> | SettingColumn[];

const files = new SettingsOfFiles();

parentPort?.on('message', async ({ paths, names }: SettingsRequest) => {
  const known: KnownSettings[] = [];
  for (const path of paths) known.push(await files.read(path, names));
  const reply: SettingsReply = names === null ? nameSettings(known) : settingColumns(known, names);
  parentPort?.postMessage(reply);
});

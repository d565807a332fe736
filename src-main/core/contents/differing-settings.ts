import type { NamedSetting } from './known-settings.ts';
import { limitText } from './limit-value.ts';
import type { SettingColumn } from './setting-columns.ts';
import type { SettingsThread } from './settings-thread.ts';
import { spread } from './spread.ts';

/** So many versions are asked which names there are. */
export const sampled = 64;
/** What differs in more names than these is no variant of one another. */
const mostNames = 200;
const longestName = 500;

/** What versions were trained with, as far as they differ in it by a sample of them: a column for each name. @throws ModelManagerError */
export async function differingSettings(
  settings: SettingsThread,
  paths: readonly (string | null)[],
): Promise<{ names: string[]; columns: SettingColumn[] }> {
  const found = await settings.names(spread(paths, sampled));
  const names = found.flatMap((each) => (isDifference(each) ? each.name : [])).slice(0, mostNames);
  return { names, columns: await settings.columns(paths, names) };
}

/** How far training had come is no setting. */
function isDifference({ name, source, varies }: NamedSetting): boolean {
  return varies && source !== 'training state' && limitText(name, longestName) === name;
}

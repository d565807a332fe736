import type { NamedSetting } from './known-settings.ts';
import { limitText } from './limit-value.ts';
import type { SettingColumn } from './setting-columns.ts';
import type { SettingsThread } from './settings-thread.ts';

/** So many versions are asked which names there are. */
const sampled = 64;
/** What differs in more names than these is no variant of one another. */
const mostNames = 200;
const longestName = 500;

/** What versions were trained with, as far as they differ in it by a sample of them: a column for each name. @throws ModelManagerError */
export async function differingSettings(
  settings: SettingsThread,
  paths: readonly (string | null)[],
): Promise<{ names: string[]; columns: SettingColumn[] }> {
  const found = await settings.names(spread(paths));
  const names = found.flatMap((each) => (isDifference(each) ? each.name : [])).slice(0, mostNames);
  return { names, columns: await settings.columns(paths, names) };
}

/** How far training had come is no setting. */
function isDifference({ name, source, varies }: NamedSetting): boolean {
  return varies && source !== 'training state' && limitText(name, longestName) === name;
}

/** A sample, evenly spread: the first and the last are among it. */
export function spread<T>(items: readonly T[]): T[] {
  if (items.length <= sampled) return [...items];
  const step = (items.length - 1) / (sampled - 1);
  return Array.from({ length: sampled }, (_, index) => items[Math.round(index * step)] as T);
}

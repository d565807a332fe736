import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The folder for what can be made again at any time, by the custom of the system. */
export function userCacheFolder({
  env,
  platform,
}: Pick<NodeJS.Process, 'env' | 'platform'> = process): string {
  const given = (name: string) => (isAbsolute(env[name] ?? '') ? env[name] : undefined);
  if (platform === 'win32')
    return join(given('LOCALAPPDATA') ?? join(homedir(), 'AppData', 'Local'), 'Cairn', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Cairn');
  return join(given('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'cairn');
}

import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { userCacheFolder } from './cache-folder.ts';

test.each([
  ['linux', {}, `${homedir()}/.cache/cairn`],
  ['linux', { XDG_CACHE_HOME: '/elsewhere' }, '/elsewhere/cairn'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, `${homedir()}/.cache/cairn`],
  ['linux', { XDG_CACHE_HOME: '' }, `${homedir()}/.cache/cairn`],
  ['darwin', { XDG_CACHE_HOME: '/elsewhere' }, `${homedir()}/Library/Caches/Cairn`],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Cairn/Cache'],
] as const)('the cache is where the custom of %s has it, given %j', (platform, env, folder) => {
  expect(userCacheFolder({ platform, env })).toBe(folder);
});

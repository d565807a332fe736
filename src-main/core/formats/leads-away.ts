import { plainName } from './plain-text.ts';

/** Whether a file that a checkpoint names is anywhere but in its own folder. CVE-2022-25882, CVE-2024-27318, CVE-2025-51480. */
export function leadsAway(location: string): boolean {
  return /^$|^[/\\]|^[A-Za-z]:|\0/.test(location) || location.split(/[/\\]/).includes('..');
}

export const awayFrom = (location: string): string =>
  `it says that weights are in ${plainName(location)}, outside its own folder: that is not opened`;

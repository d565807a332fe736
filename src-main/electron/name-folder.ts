import { basename, dirname, join } from 'node:path';

/** How many folders a name takes in at most. */
const deepest = 3;

/**
 * What a folder is called: its own name, and those above it as long as there is no letter in it. Hydra names folders by day, time and number alone:
 * `outputs/2026-03-01/10-00-00`.
 */
export function nameFolder(folder: string, depth = deepest): string {
  const name = basename(folder);
  const above = dirname(folder);
  if (name === '') return folder;
  return depth === 1 || /\p{L}/u.test(name) || basename(above) === ''
    ? name
    : join(nameFolder(above, depth - 1), name);
}

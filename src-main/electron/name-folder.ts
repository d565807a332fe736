import { basename, dirname, join } from 'node:path';

/** How many folders a name takes in at most. */
const deepest = 3;

/** A letter, or a whole day. */
const tells = /\p{L}|^\d{4}-\d\d-\d\d$/u;

/**
 * What a folder is called: its own name, and those above it up to the first that tells something. Hydra names folders by day, time and number alone:
 * `outputs/2026-03-01/10-00-00`.
 */
export function nameFolder(folder: string, depth = deepest): string {
  const name = basename(folder);
  const above = dirname(folder);
  if (name === '') return folder;
  return depth === 1 || tells.test(name) || basename(above) === ''
    ? name
    : join(nameFolder(above, depth - 1), name);
}

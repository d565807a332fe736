import { readdirSync } from 'node:fs';

/** The names in a folder; none where it is gone, or belongs to others. */
export function namesThere(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

import { basename, join } from 'node:path';
import { objectOrNull, ownValue } from '../../../shared/model/json.ts';
import { readOverrides, readSettings } from './read-hydra.ts';

/** A longer name tells nobody more. */
const longest = 80;
/** Hydra counts the jobs of a sweep; MLflow gives each run a number of its own. */
const [counted, drawn] = [/^\d+$/, /^[\da-f]{32}$/];

/**
 * What a run is called by what its launcher wrote down, where its folder has but a number: what Hydra was asked for, the name that MLflow gave it. Null where its
 * folder's name is one, or nothing is on record. Never throws.
 */
export function toldName(root: string): string | null {
  const folder = basename(root);
  if (counted.test(folder)) return cut(readOverrides(root).join(', '));
  return drawn.test(folder) ? nameOfMlflow(readSettings(join(root, 'meta.yaml'))) : null;
}

function nameOfMlflow(record: ReturnType<typeof readSettings>): string | null {
  const name = ownValue(objectOrNull(record), 'run_name');
  return typeof name === 'string' ? cut(name.trim()) : null;
}

function cut(name: string): string | null {
  if (name === '') return null;
  const letters = [...name];
  return letters.length > longest ? `${letters.slice(0, longest).join('')}…` : name;
}

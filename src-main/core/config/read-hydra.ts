import { join } from 'node:path';
import type { Json } from '../../../shared/model/json.ts';
import { readYaml } from './read-yaml.ts';

/** In bytes: it is read with every file that is looked into. */
const limit = 64 * 1024;

/** What a list of overrides may say of a run: with more, it names nothing that anybody could read. */
const mostOverrides = 50;
const longestOverride = 200;

/** What Hydra wrote down of a run. */
export interface HydraRecord {
  config: Json;
  /** `key=value`, as they were asked for. */
  overrides: Json;
}

/** The record in a Hydra folder. What of it cannot be read is null: a run says so itself when it is opened. Never throws. */
export function readHydra(folder: string): HydraRecord {
  return {
    config: readSettings(join(folder, 'config.yaml')),
    overrides: readSettings(join(folder, 'overrides.yaml')),
  };
}

/** What Hydra was asked for, of a run; none where it did not write that down. Never throws. */
export function readOverrides(root: string): string[] {
  const overrides = readSettings(join(root, '.hydra/overrides.yaml'));
  if (!Array.isArray(overrides)) return [];
  const texts = overrides.filter((override) => typeof override === 'string');
  return texts.slice(0, mostOverrides).map((text) => text.slice(0, longestOverride));
}

/** What a small YAML file holds; null where it cannot be read. Never throws. */
export function readSettings(path: string): Json {
  try {
    return (readYaml(path, limit) as Json) ?? null;
  } catch {
    return null;
  }
}

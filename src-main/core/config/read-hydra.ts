import { join } from 'node:path';
import type { Json } from '../../../shared/model/json.ts';
import { readYaml } from './read-yaml.ts';

/** In bytes: it is read with every file that is looked into. */
const limit = 64 * 1024;

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

/** What a small YAML file holds; null where it cannot be read. Never throws. */
export function readSettings(path: string): Json {
  try {
    return (readYaml(path, limit) as Json) ?? null;
  } catch {
    return null;
  }
}

import { join } from 'node:path';
import type { Unusable } from '../../../shared/model/metric.ts';
import type { Problem } from '../../../shared/model/run.ts';
import {
  defaultStorageConfig,
  type StorageConfig,
  storageConfigSchema,
} from '../../../shared/model/storage-config.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelValidationError, UsageError } from '../errors.ts';
import { errorCode } from '../files/error-code.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { isFolder } from '../open-run-folder.ts';
import { checkStorageBlock } from './check-storage-block.ts';
import {
  explainNoBlock,
  findStorageBlock,
  isObject,
  type StorageBlock,
  toMap,
} from './find-storage-block.ts';
import { explainYaml, readYaml } from './read-yaml.ts';

/** A run's configuration. `source` is the file it was found in, null when all values are the defaults. */
export interface RunConfig {
  config: StorageConfig;
  source: string | null;
  problems: Problem[];
  /** What it says of the metric that tells the best, and cannot be used. */
  unusable: Unusable[];
}

/** A configuration by code: some of its keys, or a YAML, JSON or Hydra config to read them from, by its path or that of its folder. */
export type ConfigInput = Partial<StorageConfig> | string;

/** Where a run has its config, relative to it. */
export const configFile = '.hydra/config.yaml';

/**
 * The ModelStorageConfig of a run, from its Hydra config: the block may stand at the root or nested. Values that cannot be
 * used (wrong type, an interpolation or `???` where a folder is needed, a folder outside the run) are named and replaced by
 * the default. Never throws.
 */
export function readConfig(root: string): RunConfig {
  try {
    const value = readYaml(join(root, configFile));
    const block = findStorageBlock(value);
    if (!block) return { ...defaults(), problems: problemsOf(explainNoBlock(value), 'the defaults count') };
    const { values, faults, refused } = checkStorageBlock(block);
    const problems = [...problemsOf(faults, 'the default counts'), ...problemsOf(block.doubts)];
    const config = storageConfigSchema.parse(values);
    return { config, source: configFile, problems, unusable: unusableOf(refused) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return defaults();
    const problem = `cannot be read, the defaults count: ${explainYaml(error)}`;
    const unusable: Unusable[] = [{ part: 'name', why: `${configFile} cannot be read` }];
    return { ...defaults(), problems: [{ path: configFile, problem }], unusable };
  }
}

function problemsOf(faults: readonly string[], outcome?: string): Problem[] {
  const end = outcome === undefined ? '' : `; ${outcome}`;
  return faults.map((fault) => ({ path: configFile, problem: `${fault}${end}` }));
}

function defaults(): RunConfig {
  return { config: defaultStorageConfig, source: null, problems: [], unusable: [] };
}

function unusableOf(refused: ReadonlyMap<string, string>): Unusable[] {
  return (['name', 'mode'] as const).flatMap((part) => {
    const key = part === 'name' ? 'best_model_selection_metric' : 'best_model_selection_mode';
    const told = refused.get(key);
    return told === undefined ? [] : [{ part, why: `the config's ${key} ${told}` }];
  });
}

/**
 * The configuration that a person or a program gives for a run, instead of the one that the run has.
 * @throws ModelValidationError that names every key and value that is wrong, and the file; UsageError for one that is not there
 */
export function loadConfig(input: ConfigInput): RunConfig {
  const source = typeof input === 'string' ? fileOf(input) : 'the config given by code';
  const block = typeof input === 'string' ? readBlock(source) : wholeOf(input);
  const { values, faults } = checkStorageBlock(block);
  if (faults.length > 0) throw refused(source, faults.join('; '));
  const problems = block.doubts.map((problem) => ({ path: source, problem }));
  return { config: storageConfigSchema.parse(values), source, problems, unusable: [] };
}

/** The file itself, or the config in a Hydra folder. */
function fileOf(path: string): string {
  if (!isFolder(path)) return path;
  const inside = [configFile, 'config.yaml'].map((name) => join(path, name));
  return inside.find((file) => tryLookAt(file) !== null) ?? join(path, configFile);
}

/** The block that a file has somewhere, else all of the file. */
function readBlock(file: string): StorageBlock {
  let value: unknown;
  try {
    value = readYaml(file);
  } catch (error) {
    throw tryLookAt(file) === null ? notThere(file) : refused(file, explainYaml(error), error);
  }
  const block = findStorageBlock(value);
  if (block) return block;
  if (isObject(value)) return wholeOf(value);
  throw refused(file, 'it has no keys of a ModelStorageConfig');
}

/** An object that is a block as a whole. */
function wholeOf(value: object): StorageBlock {
  return { values: toMap(value), named: true, doubts: [] };
}

function notThere(path: string): UsageError {
  return new UsageError(`cannot use ${escapeName(path, 300)} — it is not there — name a config that is`, {
    path,
  });
}

function refused(source: string, why: string, cause?: unknown): ModelValidationError {
  const name = escapeName(source, 300);
  return new ModelValidationError(`cannot use ${name} — ${why} — correct it there`, { path: source, cause });
}

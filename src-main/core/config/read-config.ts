import { join } from 'node:path';
import { parse } from 'yaml';
import type { Problem } from '../../../shared/model/run.ts';
import {
  defaultStorageConfig,
  type StorageConfig,
  storageConfigSchema,
} from '../../../shared/model/storage-config.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelValidationError } from '../errors.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { readText } from '../files/read-text.ts';

/** A run's configuration. `source` is the file it was found in, null when all values are the defaults. */
export interface RunConfig {
  config: StorageConfig;
  source: string | null;
  problems: Problem[];
}

const configFile = '.hydra/config.yaml';
const limit = 4 * 1024 * 1024;
const blockNames = ['model_storage', 'storage'];
const folderKeys = ['checkpoint_dir', 'best_models_dir', 'temp_dir'] as const;
const knownKeys = Object.keys(defaultStorageConfig);

/**
 * The ModelStorageConfig of a run, from its Hydra config: the block may stand at the root or nested. Values that cannot be
 * used (wrong type, an interpolation or `???` where a folder is needed, a folder outside the run) are named and replaced by
 * the default. Never throws.
 */
export function readConfig(root: string): RunConfig {
  try {
    const block = findBlock(parse(readText(join(root, configFile), limit), { maxAliasCount: 100 }), 6);
    if (!block) return { config: defaultStorageConfig, source: null, problems: [] };
    return { source: configFile, ...validate(block) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR')
      return { config: defaultStorageConfig, source: null, problems: [] };
    const reason =
      error instanceof ModelValidationError || errorCode(error) === null
        ? firstLine(error)
        : explainError(error);
    const problem = `cannot be read, the defaults count: ${reason}`;
    return { config: defaultStorageConfig, source: null, problems: [{ path: configFile, problem }] };
  }
}

/** The first object, breadth first, that is a storage block by its `_target_`, by its name, or by holding two of its keys. */
function findBlock(value: unknown, depth: number): Map<string, unknown> | null {
  let level: [string, Map<string, unknown>][] = isObject(value) ? [['', toMap(value)]] : [];
  for (let remaining = depth; remaining > 0 && level.length > 0; remaining -= 1) {
    const found = level.find(([name, object]) => isStorageBlock(name, object));
    if (found) return found[1];
    level = level.flatMap(([, object]) =>
      [...object].flatMap(([key, child]): [string, Map<string, unknown>][] =>
        isObject(child) ? [[key, toMap(child)]] : [],
      ),
    );
  }
  return null;
}

function isStorageBlock(name: string, object: Map<string, unknown>): boolean {
  if (String(object.get('_target_') ?? '').endsWith('ModelStorageConfig')) return true;
  const known = knownKeys.filter((key) => object.has(key)).length;
  return known >= (blockNames.includes(name) ? 1 : 2);
}

function validate(block: Map<string, unknown>): Pick<RunConfig, 'config' | 'problems'> {
  const problems: Problem[] = [];
  const given = knownKeys
    .filter((key) => block.has(key))
    .map((key): [string, unknown] => [key, block.get(key)]);
  const usable = given.filter(([key, value]) => {
    const reason = refuse(key, value);
    if (reason)
      problems.push({
        path: configFile,
        problem: `${key}: ${escapeName(String(value))} ${reason}; the default counts`,
      });
    return reason === null;
  });
  return { config: storageConfigSchema.parse(Object.fromEntries(usable)), problems };
}

function refuse(key: string, value: unknown): string | null {
  if (typeof value === 'string' && /\$\{|^\?\?\?$/.test(value))
    return 'is an interpolation, which is shown and not resolved';
  if (folderKeys.some((folder) => folder === key) && !staysInside(value))
    return 'is a folder outside the run: refused';
  const field = storageConfigSchema.shape[key as keyof StorageConfig].safeParse(value);
  return field.success ? null : `cannot be used (${field.error.issues[0]?.message ?? 'wrong type'})`;
}

/** Whether a configured folder is a relative path that does not climb. */
function staysInside(folder: unknown): boolean {
  if (typeof folder !== 'string' || folder.includes('\0') || /^(?:[/\\]|[A-Za-z]:)/.test(folder))
    return false;
  return !folder.split(/[/\\]/).includes('..');
}

function toMap(object: object): Map<string, unknown> {
  return new Map(Object.entries(object));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstLine(error: unknown): string {
  return escapeName(((error as Error).message ?? String(error)).split('\n')[0] ?? '', 200);
}

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
/** In bytes: real ones have a few thousand, and the parser's time can grow with the square. */
const limit = 256 * 1024;
const deepestBrackets = 100;
/** Indentation, or a row of `- - -`, that only an attack has. */
const deepLine = /^ {200}|(?:[-?][ \t]+){100}/m;
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
    const block = findBlock(parseYaml(readText(join(root, configFile), limit)), 6);
    if (!block) return { config: defaultStorageConfig, source: null, problems: [] };
    return { source: configFile, ...validate(block) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR')
      return { config: defaultStorageConfig, source: null, problems: [] };
    const reason = isSystemError(error) ? explainError(error) : firstLine(error);
    const problem = `cannot be read, the defaults count: ${reason}`;
    return { config: defaultStorageConfig, source: null, problems: [{ path: configFile, problem }] };
  }
}

/** @throws ModelValidationError before the parser meets a text so deep that it would exhaust the stack, and end the process */
function parseYaml(text: string): unknown {
  if (deepLine.test(text) || bracketDepth(text) > deepestBrackets)
    throw new ModelValidationError('it is nested too deep');
  return parse(text, { maxAliasCount: 100, logLevel: 'error' });
}

function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/**
 * The first object, breadth first, that is a storage block by its `_target_`, by its name, or by holding two of its keys. Each is
 * looked at once: aliases can make one hold itself.
 */
function findBlock(value: unknown, depth: number): Map<string, unknown> | null {
  const seen = new Set<unknown>();
  const isNew = (child: unknown): child is object => isObject(child) && !seen.has(child) && !!seen.add(child);
  let level: [string, Map<string, unknown>][] = isNew(value) ? [['', toMap(value)]] : [];
  for (let remaining = depth; remaining > 0 && level.length > 0; remaining -= 1) {
    const found = level.find(([name, object]) => isStorageBlock(name, object));
    if (found) return found[1];
    level = level.flatMap(([, object]) =>
      [...object].flatMap(([key, child]): [string, Map<string, unknown>][] =>
        isNew(child) ? [[key, toMap(child)]] : [],
      ),
    );
  }
  return null;
}

function isStorageBlock(name: string, object: Map<string, unknown>): boolean {
  const target = object.get('_target_');
  if (typeof target === 'string' && target.endsWith('ModelStorageConfig')) return true;
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
        problem: `${key}: ${show(value)} ${reason}; the default counts`,
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

function show(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'a list or mapping' : escapeName(String(value));
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

/** The yaml parser's errors have codes of their own. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function firstLine(error: unknown): string {
  return escapeName(((error as Error).message ?? String(error)).split('\n')[0] ?? '', 200);
}

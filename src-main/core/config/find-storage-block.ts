import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { escapeName } from '../catalog/escape-name.ts';

/**
 * The keys of a ModelStorageConfig and whatever else stands beside them. `named`: it says itself that it is one. `doubts`: what is told of the
 * other blocks of its file.
 */
export interface StorageBlock {
  values: Map<string, unknown>;
  named: boolean;
  doubts: string[];
}

/** A mapping of a config, and the keys that lead to it. */
interface Place {
  path: readonly string[];
  object: Map<string, unknown>;
}

const blockNames = ['model_storage', 'storage'];
const deepest = 6;
const knownKeys = Object.keys(defaultStorageConfig);

/** Keys that mean nothing else wherever they stand. */
const ownKeys = [
  ...['max_best_models', 'best_models_dir', 'best_model_selection_metric', 'best_model_selection_mode'],
  ...['backup_before_overwrite', 'cleanup_temp_on_exit'],
];

/**
 * The first object, breadth first, that is a storage block by its `_target_`, by its name, or by holding two of its keys; where there is none, the first
 * that holds one that means nothing else.
 */
export function findStorageBlock(value: unknown): StorageBlock | null {
  const all = [...objectsIn(value)];
  const blocks = all.filter(isStorageBlock);
  const found =
    blocks.length > 0 ? blocks : all.filter(({ object }) => ownKeys.some((key) => object.has(key)));
  const [first, ...others] = found;
  if (!first) return null;
  const doubts = others.map((other) => `${nameOf(other)}: it does not count, ${nameOf(first)} comes first`);
  return { values: first.object, named: isTarget(first.object), doubts };
}

/** What is told of a config without a block: that where one is expected is a list, as a whole or under the name of a block. */
export function explainNoBlock(value: unknown): string[] {
  if (Array.isArray(value)) return ['it is a list, not keys with values'];
  return [...objectsIn(value)].flatMap(({ path, object }) =>
    blockNames
      .filter((name) => Array.isArray(object.get(name)))
      .map(
        (name) =>
          `${[...path, name].map((key) => escapeName(key)).join('.')}: it is a list, not keys with values`,
      ),
  );
}

/** Where a block stands, in words. */
function nameOf({ path }: Place): string {
  return path.length === 0
    ? 'what stands at the top'
    : `the block ${path.map((key) => escapeName(key)).join('.')}`;
}

/** An object and those in it, by name, breadth first. Each is met once: aliases can make one hold itself. */
function* objectsIn(value: unknown): Generator<Place> {
  const seen = new Set<unknown>();
  const isNew = (child: unknown): child is object => isObject(child) && !seen.has(child) && !!seen.add(child);
  let level: Place[] = isNew(value) ? [{ path: [], object: toMap(value) }] : [];
  for (let remaining = deepest; remaining > 0 && level.length > 0; remaining -= 1) {
    yield* level;
    level = level.flatMap(({ path, object }) =>
      [...object].flatMap(([key, child]): Place[] =>
        isNew(child) ? [{ path: [...path, key], object: toMap(child) }] : [],
      ),
    );
  }
}

function isStorageBlock({ path, object }: Place): boolean {
  if (isTarget(object)) return true;
  const known = knownKeys.filter((key) => object.has(key)).length;
  return known >= (blockNames.includes(path.at(-1) ?? '') ? 1 : 2);
}

function isTarget(object: Map<string, unknown>): boolean {
  const target = object.get('_target_');
  return typeof target === 'string' && target.endsWith('ModelStorageConfig');
}

/** Keys of any name, `__proto__` too. */
export function toMap(object: object): Map<string, unknown> {
  return new Map(Object.entries(object));
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

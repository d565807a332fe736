import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';

/** The keys of a ModelStorageConfig and whatever else stands beside them. `named`: it says itself that it is one. */
export interface StorageBlock {
  values: Map<string, unknown>;
  named: boolean;
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
  const found =
    all.find(([name, object]) => isStorageBlock(name, object)) ??
    all.find(([, object]) => ownKeys.some((key) => object.has(key)));
  return found ? { values: found[1], named: isTarget(found[1]) } : null;
}

/** An object and those in it, by name, breadth first. Each is met once: aliases can make one hold itself. */
function* objectsIn(value: unknown): Generator<[string, Map<string, unknown>]> {
  const seen = new Set<unknown>();
  const isNew = (child: unknown): child is object => isObject(child) && !seen.has(child) && !!seen.add(child);
  let level: [string, Map<string, unknown>][] = isNew(value) ? [['', toMap(value)]] : [];
  for (let remaining = deepest; remaining > 0 && level.length > 0; remaining -= 1) {
    yield* level;
    level = level.flatMap(([, object]) =>
      [...object].flatMap(([key, child]): [string, Map<string, unknown>][] =>
        isNew(child) ? [[key, toMap(child)]] : [],
      ),
    );
  }
}

function isStorageBlock(name: string, object: Map<string, unknown>): boolean {
  if (isTarget(object)) return true;
  const known = knownKeys.filter((key) => object.has(key)).length;
  return known >= (blockNames.includes(name) ? 1 : 2);
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

import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';

/** The keys of a ModelStorageConfig and whatever else stands beside them. `named`: it says itself that it is one. */
export interface StorageBlock {
  values: Map<string, unknown>;
  named: boolean;
}

const blockNames = ['model_storage', 'storage'];
const deepest = 6;
const knownKeys = Object.keys(defaultStorageConfig);

/**
 * The first object, breadth first, that is a storage block by its `_target_`, by its name, or by holding two of its keys. Each is
 * looked at once: aliases can make one hold itself.
 */
export function findStorageBlock(value: unknown): StorageBlock | null {
  const seen = new Set<unknown>();
  const isNew = (child: unknown): child is object => isObject(child) && !seen.has(child) && !!seen.add(child);
  let level: [string, Map<string, unknown>][] = isNew(value) ? [['', toMap(value)]] : [];
  for (let remaining = deepest; remaining > 0 && level.length > 0; remaining -= 1) {
    const found = level.find(([name, object]) => isStorageBlock(name, object));
    if (found) return { values: found[1], named: isTarget(found[1]) };
    level = level.flatMap(([, object]) =>
      [...object].flatMap(([key, child]): [string, Map<string, unknown>][] =>
        isNew(child) ? [[key, toMap(child)]] : [],
      ),
    );
  }
  return null;
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

import type { Value } from '../pickle/symbolic-stack.ts';

/** Bytes per element, by the name of the storage's class before "Storage". */
const itemSizes: ReadonlyMap<string, number> = new Map([
  ['Double', 8],
  ['Long', 8],
  ['ComplexDouble', 16],
  ['ComplexFloat', 8],
  ['Float', 4],
  ['Int', 4],
  ['QInt32', 4],
  ['Half', 2],
  ['BFloat16', 2],
  ['Short', 2],
  ['Char', 1],
  ['Byte', 1],
  ['Bool', 1],
  ['QInt8', 1],
  ['QUInt8', 1],
  ['QUInt4x2', 1],
  ['QUInt2x4', 1],
  ['Untyped', 1],
]);

export interface Storage {
  key: string;
  /** Bytes per element. */
  itemSize: number;
}

/**
 * The storage a persistent id stands for: `('storage', torch.FloatStorage, key, location, elements, view)`. Null for
 * other ids, such as those of modules, and for storages of classes that are not known.
 */
export function storageOf(id: Value): Storage | null {
  if (!Array.isArray(id) || id[0] !== 'storage') return null;
  const [, type, key] = id;
  const itemSize = itemSizes.get(className(type ?? null).replace(/Storage$/, ''));
  return itemSize !== undefined && typeof key === 'string' ? { key, itemSize } : null;
}

function className(type: Value): string {
  return type !== null && typeof type === 'object' && 'name' in type ? type.name : '';
}

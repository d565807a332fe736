import { asKind, itemsOf, type Value } from '../pickle/value.ts';

/** PyTorch's short names of what a tensor's elements are, with their size in bytes. c10/core/ScalarType.h */
export const elementSizes: ReadonlyMap<string, number> = new Map([
  ['float64', 8],
  ['float32', 4],
  ['float16', 2],
  ['bfloat16', 2],
  ['float8_e4m3fn', 1],
  ['float8_e5m2', 1],
  ['float8_e4m3fnuz', 1],
  ['float8_e5m2fnuz', 1],
  ['float8_e8m0fnu', 1],
  ['int64', 8],
  ['int32', 4],
  ['int16', 2],
  ['int8', 1],
  ['uint64', 8],
  ['uint32', 4],
  ['uint16', 2],
  ['uint8', 1],
  ['bool', 1],
  ['complex32', 4],
  ['complex64', 8],
  ['complex128', 16],
  ['qint8', 1],
  ['quint8', 1],
  ['qint32', 4],
  ['quint4x2', 1],
  ['quint2x4', 1],
]);

/** By the name of the storage's class before "Storage". An untyped storage counts in bytes. torch/storage.py */
const storageTypes: ReadonlyMap<string, string | null> = new Map([
  ['Double', 'float64'],
  ['Float', 'float32'],
  ['Half', 'float16'],
  ['BFloat16', 'bfloat16'],
  ['Long', 'int64'],
  ['Int', 'int32'],
  ['Short', 'int16'],
  ['Char', 'int8'],
  ['Byte', 'uint8'],
  ['Bool', 'bool'],
  ['ComplexDouble', 'complex128'],
  ['ComplexFloat', 'complex64'],
  ['QInt8', 'qint8'],
  ['QUInt8', 'quint8'],
  ['QInt32', 'qint32'],
  ['QUInt4x2', 'quint4x2'],
  ['QUInt2x4', 'quint2x4'],
  ['Untyped', null],
]);

/** What a pickle says of a storage that is kept elsewhere. */
export interface StorageClaim {
  key: string;
  /** Null when its elements are told by each tensor that uses it. */
  dtype: string | null;
  /** Bytes per element. */
  itemSize: number;
  elements: number;
}

/**
 * The storage a persistent id stands for: `('storage', torch.FloatStorage, key, location, elements)`, in the legacy
 * stream with a view after that. Null for other ids, such as those of modules, and for storages of classes that are
 * not known.
 */
export function storageClaim(id: Value): StorageClaim | null {
  const [what, type, key, , elements] = itemsOf(id) ?? [];
  const className = asKind(type, 'name')?.name ?? '';
  const dtype = storageTypes.get(className.replace(/Storage$/, ''));
  if (what !== 'storage' || typeof key !== 'string' || dtype === undefined) return null;
  const count = typeof elements === 'number' && elements >= 0 ? elements : Number.NaN;
  return { key, dtype, itemSize: elementSizes.get(dtype ?? 'uint8') ?? 1, elements: count };
}

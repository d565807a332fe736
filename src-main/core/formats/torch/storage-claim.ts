import { elementSizes } from '../element-sizes.ts';
import { asKind, itemsOf, type Persistent, type Value } from '../pickle/value.ts';

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
  ['_Untyped', null],
]);

/** What a pickle says of a storage that is kept elsewhere. */
export interface StorageClaim {
  key: string;
  /** Null when its elements are told by each tensor that uses it. */
  dtype: string | null;
  /** Bytes per element. */
  itemSize: number;
  elements: number;
  /** Where it was when it was saved: `cuda:0`. */
  device: string | undefined;
}

/**
 * The storage a persistent id stands for: `('storage', torch.FloatStorage, key, location, elements)`, in the legacy
 * stream with a view after that. Null for other ids, such as those of modules, and for storages of classes that are
 * not known.
 */
export function storageClaim(id: Value): StorageClaim | null {
  const [what, type, key, location, elements] = itemsOf(id) ?? [];
  if (what !== 'storage' || typeof key !== 'string') return null;
  const dtype = dtypeOf(type);
  if (dtype === undefined) return null;
  const count = typeof elements === 'number' && elements >= 0 ? elements : Number.NaN;
  return {
    key,
    dtype,
    itemSize: elementSizes.get(dtype ?? 'uint8') ?? 1,
    elements: count,
    device: textOf(location),
  };
}

/** Null for bytes of any type; undefined for a class that is not known. */
function dtypeOf(type: Value | undefined): string | null | undefined {
  const className = asKind(type, 'name')?.name ?? '';
  return storageTypes.get(className.replace(/Storage$/, ''));
}

/** The storages that a pickle refers to, each once. */
export function claimsOf(persistent: readonly Persistent[]): StorageClaim[] {
  const claims = persistent.flatMap(({ id }) => storageClaim(id) ?? []);
  return [...new Map(claims.map((claim) => [claim.key, claim])).values()];
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** PyTorch's short names of numpy's types, by kind and bytes. */
const names: ReadonlyMap<string, string> = new Map([
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
  ['i1', 'int8'],
  ['i2', 'int16'],
  ['i4', 'int32'],
  ['i8', 'int64'],
  ['u1', 'uint8'],
  ['u2', 'uint16'],
  ['u4', 'uint32'],
  ['u8', 'uint64'],
  ['b1', 'bool'],
  ['c8', 'complex64'],
  ['c16', 'complex128'],
]);

/** The name of a type without its byte order, such as `f4`; null for one that PyTorch has not. */
export function numpyType(code: string): string | null {
  return names.get(code) ?? null;
}

/** PyTorch's short names of numpy's types, by kind and bytes; the last two are numpy's own, of what is long double in C. */
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
  ['f16', 'float128'],
  ['c32', 'complex256'],
]);

/**
 * Bytes of an element: `<f8`, `|b1`, `<U7` (four bytes a character), `<M8[ns]`. Null for Python objects (`|O`), undefined for what is no type. Several
 * in one text are a record.
 */
export function numpySize(type: string): number | null | undefined {
  const [, kind = '', count = ''] = /^[<>|=]?([a-zA-Z])(\d{0,9})(?:\[\w*\])?$/.exec(type) ?? [];
  if (kind === 'O') return null;
  if (!'biufcmMSaVU'.includes(kind) || count === '') return undefined;
  return Number(count) * (kind === 'U' ? 4 : 1);
}

/** The name of a type without its byte order, such as `f4`; null for one that PyTorch has not. */
export function numpyType(code: string): string | null {
  return names.get(code) ?? null;
}

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
  ['float4_e2m1fn_x2', 1],
  ['bits8', 1],
  ['bits16', 2],
  ['bits1x8', 1],
  ['bits2x4', 1],
  ['bits4x2', 1],
]);

/** Types of PyTorch of which so many elements share a byte; each row of a tensor begins with one of its own. ATen/quantized/Quantizer.cpp */
export const elementsPerByte: ReadonlyMap<string, number> = new Map([
  ['quint4x2', 2],
  ['quint2x4', 4],
]);

/** Types that only some formats have, of which several elements share a byte. In bits. */
const packedBits: ReadonlyMap<string, number> = new Map([
  ['float4', 4],
  ['float4_e2m1', 4],
  ['int4', 4],
  ['uint4', 4],
  ['float6_e2m3', 6],
  ['float6_e3m2', 6],
]);

/** How many bits an element of a type has; null for one that is not known, or has no fixed size. */
export function elementBits(dtype: string): number | null {
  const bytes = elementSizes.get(dtype);
  return bytes === undefined ? (packedBits.get(dtype) ?? null) : 8 * bytes;
}

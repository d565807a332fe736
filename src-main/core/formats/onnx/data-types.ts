/** PyTorch's short names of TensorProto.DataType, by number, and the bits of an element; 0 where it has no fixed size. */
const types: ReadonlyMap<number, readonly [string, number]> = new Map([
  [1, ['float32', 32]],
  [2, ['uint8', 8]],
  [3, ['int8', 8]],
  [4, ['uint16', 16]],
  [5, ['int16', 16]],
  [6, ['int32', 32]],
  [7, ['int64', 64]],
  [8, ['string', 0]],
  [9, ['bool', 8]],
  [10, ['float16', 16]],
  [11, ['float64', 64]],
  [12, ['uint32', 32]],
  [13, ['uint64', 64]],
  [14, ['complex64', 64]],
  [15, ['complex128', 128]],
  [16, ['bfloat16', 16]],
  [17, ['float8_e4m3fn', 8]],
  [18, ['float8_e4m3fnuz', 8]],
  [19, ['float8_e5m2', 8]],
  [20, ['float8_e5m2fnuz', 8]],
  [21, ['uint4', 4]],
  [22, ['int4', 4]],
  [23, ['float4_e2m1', 4]],
  [24, ['float8_e8m0fnu', 8]],
]);

/** Of a number that no version of ONNX has: its number as a name, and no size. */
export function dataType(number: number): { dtype: string; bits: number } {
  const [dtype, bits] = types.get(number) ?? [`onnx ${number}`, 0];
  return { dtype, bits };
}

import { elementBits } from '../element-sizes.ts';

/** PyTorch's short names of TensorProto.DataType, by number. */
const types: ReadonlyMap<number, string> = new Map([
  [1, 'float32'],
  [2, 'uint8'],
  [3, 'int8'],
  [4, 'uint16'],
  [5, 'int16'],
  [6, 'int32'],
  [7, 'int64'],
  [8, 'string'],
  [9, 'bool'],
  [10, 'float16'],
  [11, 'float64'],
  [12, 'uint32'],
  [13, 'uint64'],
  [14, 'complex64'],
  [15, 'complex128'],
  [16, 'bfloat16'],
  [17, 'float8_e4m3fn'],
  [18, 'float8_e4m3fnuz'],
  [19, 'float8_e5m2'],
  [20, 'float8_e5m2fnuz'],
  [21, 'uint4'],
  [22, 'int4'],
  [23, 'float4_e2m1'],
  [24, 'float8_e8m0fnu'],
]);

/** `bits` of an element, 0 where they have no fixed number. Of a number that no version of ONNX has: its number as a name. */
export function dataType(number: number): { dtype: string; bits: number } {
  const dtype = types.get(number) ?? `onnx ${number}`;
  return { dtype, bits: elementBits(dtype) ?? 0 };
}

import { elementSizes } from '../element-sizes.ts';

/** How a type of tensor is stored: so many elements in so many bytes. */
interface TensorType {
  dtype: string;
  elements: number;
  bytes: number;
}

const plain = (dtype: string): TensorType => ({ dtype, elements: 1, bytes: elementSizes.get(dtype) ?? 0 });
const block = (dtype: string, elements: number, bytes: number): TensorType => ({ dtype, elements, bytes });

/** By ggml's number; the quantised ones by ggml's name for them. ggml.h, enum ggml_type, and ggml-common.h for the sizes. */
const types: ReadonlyMap<number, TensorType> = new Map([
  [0, plain('float32')],
  [1, plain('float16')],
  [2, block('q4_0', 32, 18)],
  [3, block('q4_1', 32, 20)],
  [6, block('q5_0', 32, 22)],
  [7, block('q5_1', 32, 24)],
  [8, block('q8_0', 32, 34)],
  [9, block('q8_1', 32, 36)],
  [10, block('q2_k', 256, 84)],
  [11, block('q3_k', 256, 110)],
  [12, block('q4_k', 256, 144)],
  [13, block('q5_k', 256, 176)],
  [14, block('q6_k', 256, 210)],
  [15, block('q8_k', 256, 292)],
  [16, block('iq2_xxs', 256, 66)],
  [17, block('iq2_xs', 256, 74)],
  [18, block('iq3_xxs', 256, 98)],
  [19, block('iq1_s', 256, 50)],
  [20, block('iq4_nl', 32, 18)],
  [21, block('iq3_s', 256, 110)],
  [22, block('iq2_s', 256, 82)],
  [23, block('iq4_xs', 256, 136)],
  [24, plain('int8')],
  [25, plain('int16')],
  [26, plain('int32')],
  [27, plain('int64')],
  [28, plain('float64')],
  [29, block('iq1_m', 256, 56)],
  [30, plain('bfloat16')],
  [34, block('tq1_0', 256, 54)],
  [35, block('tq2_0', 256, 66)],
  [39, block('mxfp4', 32, 17)],
]);

/** Null for a number that is not known. */
export function tensorType(number: number): TensorType | null {
  return types.get(number) ?? null;
}

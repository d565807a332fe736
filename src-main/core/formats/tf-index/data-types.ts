/** TensorFlow's types by number, as PyTorch calls them where it has them. tensorflow/core/framework/types.proto */
const names: ReadonlyMap<number, string> = new Map([
  [1, 'float32'],
  [2, 'float64'],
  [3, 'int32'],
  [4, 'uint8'],
  [5, 'int16'],
  [6, 'int8'],
  [7, 'string'],
  [8, 'complex64'],
  [9, 'int64'],
  [10, 'bool'],
  [11, 'qint8'],
  [12, 'quint8'],
  [13, 'qint32'],
  [14, 'bfloat16'],
  [17, 'uint16'],
  [18, 'complex128'],
  [19, 'float16'],
  [20, 'resource'],
  [21, 'variant'],
  [22, 'uint32'],
  [23, 'uint64'],
  [24, 'float8_e5m2'],
  [25, 'float8_e4m3fn'],
  [29, 'int4'],
  [30, 'uint4'],
]);

/** Variables of the older TensorFlow are references to what they hold: their numbers are higher by this. */
const reference = 100;

export function tensorflowType(number: number): string {
  return names.get(number > reference ? number - reference : number) ?? `tensorflow ${number}`;
}

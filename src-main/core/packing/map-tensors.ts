import { isPlainDict, PythonTuple, TorchTensor, type TorchValue } from './torch-value.ts';

/** The same value with other tensors in it. What is neither plain data nor a tensor stays, to be refused where it is written. */
export function mapTensors(value: TorchValue, change: (tensor: TorchTensor) => TorchTensor): TorchValue {
  const inside = (item: TorchValue) => mapTensors(item, change);
  if (value instanceof TorchTensor) return change(value);
  if (value instanceof PythonTuple) return new PythonTuple(value.items.map(inside));
  if (Array.isArray(value)) return value.map(inside);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, inside(item)]));
  if (!isPlainDict(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item)]));
}

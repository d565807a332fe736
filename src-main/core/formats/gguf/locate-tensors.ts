import { rule } from '../damage.ts';
import { plainName } from '../plain-text.ts';
import type { GgufHeader, TensorInfo } from './read-header.ts';
import { tensorType } from './tensor-types.ts';

/** A tensor and where its bytes are in the file. */
export interface Located {
  name: string;
  dtype: string;
  /** Outermost first, as everybody else has it. */
  shape: number[];
  start: number;
  /** Null for a type whose size is not known. */
  length: number | null;
}

/** @throws Damage when it is not where a tensor can be */
export function locate({ dataStart }: Pick<GgufHeader, 'dataStart'>, info: TensorInfo): Located {
  const { name, dims, type, offset } = info;
  const start = dataStart + offset;
  const isPlace = dims.every(Number.isSafeInteger) && Number.isSafeInteger(start);
  rule(isPlace, () => `tensor ${plainName(name)} asks for more than there can be`);
  const known = tensorType(type);
  return {
    name,
    dtype: known?.dtype ?? `ggml ${type}`,
    shape: dims.toReversed(),
    start,
    length: known && lengthOf(info, known.elements, known.bytes),
  };
}

/** Quantised elements come in blocks along the innermost dimension. */
function lengthOf({ name, dims }: TensorInfo, elements: number, bytes: number): number {
  rule((dims[0] ?? 1) % elements === 0, () => `tensor ${plainName(name)} does not fill its blocks`);
  return (dims.reduce((product, size) => product * size, 1) / elements) * bytes;
}

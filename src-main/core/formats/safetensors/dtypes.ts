import { elementBits } from '../element-sizes.ts';

/** PyTorch's short names of the types in a header; those of less than 8 bits it has in pairs or not at all. */
const names: ReadonlyMap<string, string> = new Map([
  ['BOOL', 'bool'],
  ['U8', 'uint8'],
  ['I8', 'int8'],
  ['U16', 'uint16'],
  ['I16', 'int16'],
  ['U32', 'uint32'],
  ['I32', 'int32'],
  ['U64', 'uint64'],
  ['I64', 'int64'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['F32', 'float32'],
  ['F64', 'float64'],
  ['C64', 'complex64'],
  ['F8_E4M3', 'float8_e4m3fn'],
  ['F8_E5M2', 'float8_e5m2'],
  ['F8_E8M0', 'float8_e8m0fnu'],
  ['F8_E4M3FNUZ', 'float8_e4m3fnuz'],
  ['F8_E5M2FNUZ', 'float8_e5m2fnuz'],
  ['F4', 'float4'],
  ['F6_E2M3', 'float6_e2m3'],
  ['F6_E3M2', 'float6_e3m2'],
]);

/** Types that are not known keep the name the header gives them. */
export const dtypeName = (type: string): string => names.get(type) ?? type;

const types: ReadonlyMap<string, string> = new Map([...names].map(([type, name]) => [name, type]));

/** What a header calls a type of PyTorch; null where it has no name for it. */
export const typeInHeader = (name: string): string | null => types.get(name) ?? null;

/** Bits of an element; null for a type that is not known, whose tensors are as long as the header says. */
export function dtypeBits(type: string): number | null {
  const name = names.get(type);
  return name === undefined ? null : elementBits(name);
}

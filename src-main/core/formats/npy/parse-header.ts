import { Damage, rule } from '../damage.ts';
import { numpySize } from '../numpy-types.ts';
import { type Literal, parseLiteral } from './parse-literal.ts';

/** What an npy header says of its array. numpy.lib.format describes it. */
export interface ArrayHeader {
  /** May hold more than fits: it is compared with the file before it is used. */
  shape: readonly number[];
  isFortran: boolean;
  /** The type as numpy writes it: `<f4`; `record` for one of several fields. */
  type: string;
  elements: number;
  /** Bytes per element; null for Python objects, which are a pickle. */
  itemSize: number | null;
}

/** Reads the Python dict of an npy header. @throws Damage when it is none, or its type is not known */
export function parseArrayHeader(text: string): ArrayHeader {
  const header = parseLiteral(text);
  rule(header instanceof Map, 'its header is not readable');
  const shape = header.get('shape');
  rule(isShape(shape), 'its header does not say the shape of the array');
  const descr: Literal = header.get('descr') ?? null;
  return {
    shape,
    isFortran: header.get('fortran_order') === true,
    type: typeof descr === 'string' ? descr : 'record',
    elements: product(shape),
    itemSize: sizeOf(descr),
  };
}

function sizeOf(descr: Literal): number | null {
  if (typeof descr === 'string') return typeSize(descr);
  if (!Array.isArray(descr) || descr.length === 0) throw unknownType();
  const sizes = descr.map(fieldSize);
  return sizes.includes(null) ? null : sizes.reduce((sum: number, size) => sum + (size ?? 0), 0);
}

/** `('name', '<f4')` or `('name', '<i8', (2, 3))`; records inside records are not looked into. */
function fieldSize(field: Literal): number | null {
  const [, type, shape = []] = Array.isArray(field) ? field : [];
  if (typeof type !== 'string' || !isShape(shape)) throw unknownType();
  const size = typeSize(type);
  return size === null ? null : size * product(shape);
}

function typeSize(type: string): number | null {
  const size = numpySize(type);
  if (size === undefined) throw unknownType();
  return size;
}

function isShape(value: Literal | undefined): value is number[] {
  return Array.isArray(value) && value.every((side) => typeof side === 'number');
}

const product = (shape: readonly number[]): number => shape.reduce((total, side) => total * side, 1);

function unknownType(): Damage {
  return new Damage('an array whose element type is not known', 'unknown');
}

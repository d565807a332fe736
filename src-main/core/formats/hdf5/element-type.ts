import { numpyType } from '../numpy-types.ts';
import type { Hdf5Type } from './library.ts';

/** Classes of types. H5Tpublic.h, H5T_class_t */
const wholeNumber = 0;
const float = 1;
const text = 3;
const opaque = 5;
const compound = 6;
const enumeration = 8;

const others: ReadonlyMap<number, string> = new Map([
  [2, 'time'],
  [text, 'string'],
  [4, 'bitfield'],
  [opaque, 'opaque'],
  [compound, 'compound'],
  [7, 'reference'],
  [9, 'vlen'],
  [10, 'array'],
]);

/** What a dataset's elements are. */
export interface ElementKind {
  /** PyTorch's short name, else what HDF5 calls it. */
  dtype: string;
  /** Whether each is a number in the bytes that the name says. */
  isNumeric: boolean;
}

/** @param written what Keras wrote beside it: HDF5 had no bfloat16 before version 2, and h5py stores it as two bytes of anything */
export function elementKind(type: Hdf5Type, written: string | null = null): ElementKind {
  const name = namers.get(type.type)?.(type, written) ?? null;
  return name === null
    ? { dtype: others.get(type.type) ?? 'unknown', isNumeric: false }
    : { dtype: name, isNumeric: true };
}

export const isText = ({ type }: Hdf5Type): boolean => type === text;
export const isOpaque = ({ type }: Hdf5Type): boolean => type === opaque;

const wholeName = ({ size, signed }: Hdf5Type) => numpyType(`${signed ? 'i' : 'u'}${size}`);

type NameType = (type: Hdf5Type, written: string | null) => string | null;

/** PyTorch's names of the classes that are numbers; null where one is not. */
const namers: ReadonlyMap<number, NameType> = new Map<number, NameType>([
  [wholeNumber, wholeName],
  [float, ({ size }) => numpyType(`f${size}`)],
  [enumeration, (type) => (isTruth(type) ? 'bool' : wholeName(type))],
  [compound, (type) => (isComplex(type) ? numpyType(`c${type.size}`) : null)],
  [opaque, ({ size }, written) => (size === 2 && written === 'bfloat16' ? written : null)],
]);

/** As h5py has it: FALSE and TRUE, of one byte. */
function isTruth({ size, enum_type }: Hdf5Type): boolean {
  const members = Object.entries(enum_type?.members ?? {});
  const values = new Map(members.map(([key, value]) => [key.toUpperCase(), value]));
  return size === 1 && members.length === 2 && values.get('FALSE') === 0 && values.get('TRUE') === 1;
}

/** As h5py has it: two floats, `r` and `i`, one after the other. */
function isComplex({ size, compound_type }: Hdf5Type): boolean {
  const [real, imaginary, ...more] = compound_type?.members ?? [];
  if (!real || !imaginary || more.length > 0) return false;
  const areFloats = [real, imaginary].every((part) => part.type === float && part.size === size / 2);
  const inPlace = real.offset === 0 && imaginary.offset === size / 2;
  return areFloats && inPlace && real.name === 'r' && imaginary.name === 'i';
}

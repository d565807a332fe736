import { checkLength, rule } from '../../formats/damage.ts';
import { readArrayHeader } from '../../formats/npy/read-header.ts';
import { numpyType } from '../../formats/numpy-types.ts';
import { plainName } from '../../formats/plain-text.ts';
import type { Source } from '../../formats/source.ts';
import { openMember } from '../../formats/zip/open-member.ts';
import type { Member } from '../../formats/zip/read-archive.ts';
import { elementTypes, toNative } from '../../tensors/element-types.ts';

/** An array of numbers, row by row. */
export interface Numbers {
  shape: readonly number[];
  values: Float64Array;
}

/** More than any training has episodes that it is evaluated by. */
const mostNumbers = 1_000_000;

/** An array of an npz; null where it has none of that name. @throws Damage when it cannot be read, or is not of numbers */
export async function readNumbers(
  source: Source,
  members: readonly Member[],
  array: string,
): Promise<Numbers | null> {
  const [member, second] = members.filter(({ name }) => name === `${array}.npy`);
  if (!member) return null;
  rule(second === undefined, `it has ${array} twice`);
  return readArray(await openMember(source, member), array);
}

async function readArray(source: Source, array: string): Promise<Numbers> {
  const { header, dataStart } = await readArrayHeader(source);
  const { shape, type, elements, isFortran } = header;
  const element = elementTypes.get(numpyType(type.replace(/^[<>|=]/, '')) ?? '');
  rule(element?.parts === 1, () => `its ${array} are no numbers but ${plainName(type)}`);
  rule(elements <= mostNumbers, `its ${array} are more than are read`);
  rule(!isFortran || shape.length === 1, `its ${array} are not in the order in which they are written`);
  const length = elements * element.width;
  checkLength(source.size, dataStart + length);
  const values = new Float64Array(elements);
  const bytes = await source.read(dataStart, length);
  element.decode(toNative(bytes, element, type.startsWith('>') ? 'big' : 'little'), values);
  return { shape, values };
}

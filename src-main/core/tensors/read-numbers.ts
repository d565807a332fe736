import type { StoredValues } from '../formats/contents.ts';
import { Damage } from '../formats/damage.ts';
import { cannotRead } from './cannot-read.ts';
import { toNative } from './element-types.ts';
import { isWalkable, joinDimensions, layoutOf } from './layout.ts';
import { blockLength } from './measure-elements.ts';
import { openElements } from './placed-elements.ts';

/**
 * All numbers of a small tensor, row by row, two for a complex one. Null where they are not there as they should be, or repeat without end.
 * @throws ModelManagerError when the bytes cannot be read
 */
export async function readNumbers(values: StoredValues): Promise<Float64Array | null> {
  try {
    return await readAll(values);
  } catch (error) {
    if (error instanceof Damage) return null;
    throw cannotRead(error);
  }
}

async function readAll({ data, ...values }: StoredValues): Promise<Float64Array | null> {
  const found = layoutOf({ data, ...values });
  if (!found || !data) return null;
  const { type } = found;
  const layout = { ...found.layout, dimensions: joinDimensions(found.layout.dimensions) };
  if (!isWalkable(layout, data.length / type.width)) return null;
  const { dtype } = values;
  const { byteOrder } = data;
  const { reader } = openElements({ storage: data, dtype, byteOrder, layout });
  const numbers = new Float64Array(reader.count * type.parts);
  for (let done = 0; done < reader.count; ) {
    const bytes = toNative(await reader.take(done, blockLength), type, byteOrder);
    type.decode(bytes, numbers.subarray(done * type.parts));
    done += bytes.byteLength / type.width;
  }
  return numbers;
}

import { ByteReader } from '../byte-reader.ts';
import { rule } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { walkFields } from './walk-fields.ts';

const graphField = 7;
const opsetField = 8;
const most = { fields: 100_000, bytes: 32 * 1024 * 1024 };

/**
 * Whole: the fields of the model end exactly where the file ends, and the graph and the opset are among them. A file
 * cut exactly between two fields after those (notes such as metadata_props) cannot be told from a whole one.
 */
export async function checkOnnx(source: Source, recognised: FormatName): Promise<Structure> {
  const seen = new Set<number>();
  const reader = new ByteReader(source, 0, source.size, most.bytes);
  await walkFields(reader, source.size, { fields: most.fields }, ({ number }) => void seen.add(number));
  rule(
    seen.has(graphField) && seen.has(opsetField),
    `${formatCount(source.size)} bytes: the end of the model is missing`,
  );
  return whole(recognised);
}

import { ByteReader } from '../byte-reader.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { walkFields } from '../onnx/walk-fields.ts';
import type { Source } from '../source.ts';

const most = { fields: 10_000, bytes: 1024 * 1024 };

/** Whole: its graphs end where the file ends. What they hold, the values beside it among that, is not looked into. */
export async function checkSavedModel(source: Source, recognised: FormatName): Promise<Structure> {
  const reader = new ByteReader(source, 0, source.size, most.bytes);
  await walkFields(reader, source.size, { fields: most.fields }, () => undefined);
  return whole(recognised);
}

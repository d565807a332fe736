import { type JsonObject, objectOrNull } from '../../../shared/model/json.ts';
import { ByteReader } from '../formats/byte-reader.ts';
import { readWholePickle } from '../formats/pickle/read-pickle.ts';
import { openFileSource, type Source } from '../formats/source.ts';
import { toJson } from '../formats/torch/to-json.ts';

/** How much of a companion is read, in bytes: arrays, which may have gigabytes, are passed over. */
const budget = 4 * 1024 * 1024;

/** The plain data of the pickle that a companion is; nothing is executed. @throws Damage, system errors */
export function readCompanion(path: string): Promise<JsonObject | null> {
  return withSource(path, async (source) =>
    objectOrNull(toJson(await readWholePickle(new ByteReader(source, 0, source.size, budget)))),
  );
}

/** Whether two companions are as large and begin alike: what they say, and the first of what they hold. @throws system errors */
export async function beginAlike(one: string, other: string): Promise<boolean> {
  const [a, b] = [await beginningOf(one), await beginningOf(other)];
  return a.size === b.size && a.bytes.equals(b.bytes);
}

function beginningOf(path: string): Promise<{ size: number; bytes: Buffer }> {
  return withSource(path, async (source) => ({
    size: source.size,
    bytes: await source.read(0, Math.min(source.size, budget)),
  }));
}

async function withSource<Read>(path: string, read: (source: Source) => Promise<Read>): Promise<Read> {
  const source = await openFileSource(path);
  try {
    return await read(source);
  } finally {
    await source.close();
  }
}

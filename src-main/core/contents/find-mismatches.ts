import { basename } from 'node:path';
import { type JsonObject, objectOrNull } from '../../../shared/model/json.ts';
import { companionOf, tellMismatches } from '../catalog/layouts/known-layouts.ts';
import { ByteReader } from '../formats/byte-reader.ts';
import { readWholePickle } from '../formats/pickle/read-pickle.ts';
import { readNotes } from '../formats/read-notes.ts';
import { openFileSource, type Source } from '../formats/source.ts';
import { toJson } from '../formats/torch/to-json.ts';

/** How much of a companion is read, in bytes: arrays, which may have gigabytes, are passed over. */
const budget = 4 * 1024 * 1024;

/** A sentence for each way in which what goes with a model contradicts what that says of itself. Never throws. @param companions absolute paths */
export async function findMismatches(model: Source, companions: readonly string[]): Promise<string[]> {
  const said = await readNotes(model).catch(() => null);
  const ofModel = objectOrNull(said?.metadata ?? null);
  if (ofModel === null) return [];
  const told: string[] = [];
  for (const path of companions) {
    const kind = companionOf(basename(path))?.kind;
    const own = kind === undefined ? null : await readCompanion(path).catch(() => null);
    if (kind !== undefined && own) told.push(...tellMismatches(kind, own, ofModel));
  }
  return told;
}

/** The plain data of the pickle that a companion is; nothing is executed. */
async function readCompanion(path: string): Promise<JsonObject | null> {
  const source = await openFileSource(path);
  try {
    return objectOrNull(toJson(await readWholePickle(new ByteReader(source, 0, source.size, budget))));
  } finally {
    await source.close();
  }
}

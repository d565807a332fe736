import { type JsonObject, objectOrNull } from '../../../shared/model/json.ts';
import { kindOfCompanion, tellMismatches } from '../catalog/layouts/known-layouts.ts';
import { readNotes } from '../formats/read-notes.ts';
import type { Source } from '../formats/source.ts';
import { findOtherStep } from './find-other-step.ts';
import { readCompanion } from './read-companion.ts';

/** A sentence for each way in which what goes with a model contradicts what that says of itself. Never throws. @param companions absolute paths */
export async function findMismatches(model: Source, companions: readonly string[]): Promise<string[]> {
  const said = await readNotes(model).catch(() => null);
  const ofModel = objectOrNull(said?.metadata ?? null);
  if (ofModel === null) return [];
  const told: string[] = [];
  for (const path of companions) told.push(...(await mismatchesOf(path, ofModel).catch(() => [])));
  return told;
}

async function mismatchesOf(path: string, model: JsonObject): Promise<string[]> {
  const kind = kindOfCompanion(path);
  if (kind === null) return [];
  const own = await readCompanion(path);
  if (own === null) return [];
  const step = await findOtherStep(path, own, model);
  return [...tellMismatches(kind, own, model), ...(step === null ? [] : [step])];
}

import { type JsonObject, objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import { escapeName } from '../escape-name.ts';
import { parseJson } from '../parse-json.ts';
import type { NamesInside } from './layout.ts';

/** `model-00002-of-00003.safetensors`, `variables.data-00000-of-00001`: the first is counted from 1, the other from 0. */
const part = /^(.*)-(\d{5})-of-(\d{5})(\.[^/]*)?$/s;
const most = { parts: 10_000, told: 3 };

/** A sentence for each part that is not there of files that are in several parts. */
export function missingParts(inside: NamesInside): string[] {
  return tellMissingNames([...setsOf(inside)].filter((name) => !inside.has(name)));
}

/** A sentence for each of the first of these names, and one for the others. */
export function tellMissingNames(missing: readonly string[]): string[] {
  const told = missing.slice(0, most.told).map((name) => `${escapeName(name)} is missing`);
  const more = missing.length - told.length;
  return more > 0 ? [...told, `and ${more} more are`] : told;
}

/** A sentence for each file of weights that an index of them names, and that is not in the folder of it. @param at that folder, '' or with `/` at its end */
export function missingOfWeightMap(text: string, at: string, inside: NamesInside): string[] {
  const map = objectOrNull(ownValue(objectIn(text), 'weight_map') ?? null);
  const named = new Set(Object.values(map ?? {}).filter((name) => typeof name === 'string'));
  return tellMissingNames(Array.from(named, (name) => at + name).filter((name) => !inside.has(name)));
}

/** Null for what is no JSON, or no object: who reads every byte tells that. */
export function objectIn(text: string): JsonObject | null {
  try {
    return objectOrNull(parseJson(text));
  } catch {
    return null;
  }
}

/** The names of all parts of the files of which one is there. */
function setsOf(inside: NamesInside): Set<string> {
  const sets = new Map<string, string[]>();
  for (const name of inside) {
    const [, stem, , count, ending = ''] = part.exec(name) ?? [];
    if (stem === undefined || count === undefined || Number(count) > most.parts) continue;
    const key = `${stem}-of-${count}${ending}`;
    if (!sets.has(key)) sets.set(key, namesOf(stem, count, ending));
  }
  return new Set([...sets.values()].flat());
}

function namesOf(stem: string, count: string, ending: string): string[] {
  const first = stem.endsWith('.data') ? 0 : 1;
  return Array.from(
    { length: Number(count) },
    (_, index) => `${stem}-${String(index + first).padStart(5, '0')}-of-${count}${ending}`,
  );
}

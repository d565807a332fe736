import { ByteReader } from '../byte-reader.ts';
import type { Contents } from '../contents.ts';
import type { FormatName } from '../format.ts';
import type { Source } from '../source.ts';
import { pickledContents } from '../torch/pickled-contents.ts';
import { readInlineStorages } from '../torch-legacy/read-inline-storages.ts';
import { describeDamage } from './check-structure.ts';
import { PickledNames } from './pickled-names.ts';
import { readJoblib, readPickle, readRest } from './read-pickle.ts';

/** How much of a pickle is read, in bytes; arrays inside it are skipped. */
const budget = 64 * 1024 * 1024;

/** What whoever takes it for a plain pickle would find among the elements of arrays. */
async function nameAsPlain(source: Source, names: PickledNames): Promise<void> {
  const { budget: left } = names;
  left.dropValues();
  await readPickle(new ByteReader(source, 0, source.size, budget), names);
}

/** What the first pickle of a file holds; what follows it is said, and scanned for names. */
export async function readPickleContents(
  source: Source,
  recognised: FormatName,
  names = new PickledNames(),
): Promise<Contents> {
  const reader = new ByteReader(source, 0, source.size, budget);
  const { value, loads, damage, hasArrays } = await readJoblib(reader, names);
  if (hasArrays) await nameAsPlain(source, names);
  const all = [...loads];
  const told = damage && (hasArrays ? damage : await describeDamage(source, damage));
  // joblib goes on behind arrays that it puts among the instructions, also where they are not understood.
  if (told?.state === 'unknown') names.miss(told.message);
  const problem = told ? told.message : await readRest(reader, names, all);
  const inlineStorages = await readInlineStorages(all, source, names);
  const around = { source, findStorage: () => 'its storage is not in this file', inlineStorages };
  return pickledContents(recognised, {
    root: value,
    damage: told,
    names,
    around,
    problems: problem === null ? [] : [problem],
  });
}

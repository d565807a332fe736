import { nameOfVersion } from '../../../shared/model/name-of-version.ts';
import type { RecognisedLayout } from '../../../shared/model/recognised-layout.ts';
import { nameWithoutEnding } from '../catalog/classify-name.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { tellLent } from '../catalog/layouts/known-layouts.ts';
import type { Lent } from '../catalog/layouts/lent-companions.ts';
import { checkpointIds } from '../config/checkpoint-ids.ts';
import type { RetainedRun } from './retained-run.ts';

const nothing: readonly string[] = [];

/**
 * What whoever trained wants a version for, in words that follow one another: the config, the framework's own files, or the file's name says that
 * training goes on from it, or that it is the best. Rules count by numbers, and know nothing of that.
 */
export function tellWanted({
  config,
  recognised,
  lent,
}: Pick<RetainedRun, 'config' | 'recognised'> & { lent: readonly Lent[] }): (
  id: string,
) => readonly string[] {
  const told = new Map<string, string[]>();
  const tell = (id: string | null, why: string) => {
    if (id) told.set(id, [...(told.get(id) ?? []), why]);
  };
  for (const id of checkpointIds(config)) tell(id, 'training resumes from it');
  for (const [id, why] of recognised ? keptBy(recognised) : []) tell(id, why);
  for (const { kind, to, from } of lent) for (const id of from) tell(id, tellLent(kind, escapeName(to)));
  return (id) => told.get(id) ?? toldByName(id);
}

/** What frameworks keep, with why. */
function* keptBy(recognised: RecognisedLayout): Generator<readonly [id: string | null, why: string]> {
  const { name, best, last, bests = [], lasts = [], finals = [], others = [] } = recognised;
  for (const id of new Set([best, ...bests]))
    yield [id, `${name} keeps it as ${id === best ? 'the' : 'a'} best`];
  for (const id of new Set([last, ...lasts])) yield [id, `${name} goes on from it`];
  for (const id of finals) yield [id, 'training ended with it'];
  for (const other of others) for (const id of other.keeps) yield [id, `${other.name} keeps it`];
}

/** Whether a version is the best by the framework's own files, or by its name. */
export function tellsBest({ recognised }: Pick<RetainedRun, 'recognised'>): (id: string) => boolean {
  const told = new Set([recognised?.best, ...(recognised?.bests ?? [])]);
  return (id) => told.has(id) || toldByName(id) === best;
}

const best = ['its name says that it is the best'];
const last = ['its name says that it is the last'];

/** By a name without a number: one with a number is one of several. */
function toldByName(id: string): readonly string[] {
  // Asked of a hundred thousand at each move of a slider: most are files with a number.
  if (/\d/.test(id.slice(id.lastIndexOf('/') + 1)) && !id.includes('.ckpt/')) return nothing;
  const name = nameWithoutEnding(nameOfVersion(id)).toLowerCase();
  if (/\d/.test(name)) return nothing;
  const words = name.split(/[^a-z]+/);
  if (words.includes('best')) return best;
  return words.some((word) => lastWords.has(word)) ? last : nothing;
}

const lastWords = new Set(['last', 'latest', 'final']);

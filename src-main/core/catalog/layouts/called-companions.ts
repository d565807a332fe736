import type { Companion, CompanionNaming } from './layout.ts';

const endingOfModel = /\.[^./]+(?:\.gz)?$/;
const afterModel = /^(.+)_(vec_?normalize|replay_buffer)\.pkl$/s;
const ofBest = /^vec_?normalize_best\.pkl$/;
const best = 'best_model';
const endings = ['_vecnormalize.pkl', '_vec_normalize.pkl', '_replay_buffer.pkl'];
const besideBest = ['vec_normalize_best.pkl', 'vecnormalize_best.pkl'];

/**
 * What people call the files that they save beside a model by themselves, as many a script for stable-baselines3 does: `NAME_vecnormalize.pkl` beside
 * `NAME.zip`, `vec_normalize_best.pkl` beside `best_model.zip`.
 * @param kinds those that frameworks have
 */
export function calledCompanions(kinds: CompanionNaming['kinds']): CompanionNaming {
  return { kinds, companionOf, companionsOf, atStep: () => null, familyOf: () => null };
}

function companionOf(name: string): Companion | null {
  if (!name.endsWith('.pkl')) return null;
  if (ofBest.test(name)) return { kind: 'vecnormalize', stem: best, isCalledSo: true };
  const [, stem, word] = afterModel.exec(name) ?? [];
  if (stem === undefined) return null;
  return { kind: word === 'replay_buffer' ? word : 'vecnormalize', stem, isCalledSo: true };
}

function companionsOf(model: string): string[] {
  const stem = model.replace(endingOfModel, '');
  const folder = stem.slice(0, stem.lastIndexOf('/') + 1);
  const own = endings.map((ending) => stem + ending);
  return stem === folder + best ? [...own, ...besideBest.map((name) => folder + name)] : own;
}

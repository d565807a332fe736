import type { Companion, CompanionNaming } from '../layout.ts';
import { countedByBuffer, countedByStatistics } from './counted.ts';
import { mismatchesOfBuffer, mismatchesOfStatistics } from './mismatches.ts';

const kinds: CompanionNaming['kinds'] = new Map([
  [
    'vecnormalize',
    {
      ...{ what: 'VecNormalize statistics', are: 'are' },
      ...{ mismatches: mismatchesOfStatistics, counted: countedByStatistics },
    },
  ],
  [
    'replay_buffer',
    {
      ...{ what: 'replay buffer', are: 'is' },
      ...{ mismatches: mismatchesOfBuffer, counted: countedByBuffer },
    },
  ],
]);

const ofCompanion = /^(.*_)(vecnormalize|replay_buffer)_(\d+_steps)\.pkl$/s;
/** What EvalCallback saves, and nothing with it; a buffer is but for going on. stable_baselines3/common/callbacks.py */
const isBest = /(?:^|\/)best_model\.zip$/;
const statistics = ['vecnormalize'];
const ofModel = /^(.*_)(\d+_steps)\.[^./]+$/s;

/**
 * What CheckpointCallback saves beside `{prefix}_{steps}_steps.zip`: `{prefix}_vecnormalize_{steps}_steps.pkl` and
 * `{prefix}_replay_buffer_{steps}_steps.pkl`. stable_baselines3/common/callbacks.py
 */
export const companions: CompanionNaming = {
  ...{ kinds, companionOf, companionsOf, atStep, familyOf },
  modelAtStep: (family, step) => `${family}${step}_steps.zip`,
  savedWithout: (model) => (isBest.test(model) ? statistics : []),
};

function companionOf(name: string): Companion | null {
  const [, prefix, kind, steps] = (name.endsWith('.pkl') && ofCompanion.exec(name)) || [];
  return kind === undefined ? null : { kind, stem: `${prefix}${steps}` };
}

function companionsOf(model: string): string[] {
  const [, prefix, steps] = ofModel.exec(model) ?? [];
  return prefix === undefined ? [] : [...kinds.keys()].map((kind) => `${prefix}${kind}_${steps}.pkl`);
}

function atStep(name: string, step: number): string | null {
  const [, prefix, kind] = ofCompanion.exec(name) ?? [];
  return kind === undefined ? null : `${prefix}${kind}_${step}_steps.pkl`;
}

function familyOf(model: string): string | null {
  return ofModel.exec(model)?.[1] ?? null;
}

import type { Layout } from '../layout.ts';

/**
 * What CheckpointCallback and EvalCallback leave: `{prefix}_{steps}_steps.zip`, `best_model.zip` and `evaluations.npz`.
 * stable_baselines3/common/callbacks.py
 */
export const stableBaselines3: Layout = {
  measurementsFile: 'evaluations.npz',
  // Most runs have none: what reads it is loaded where there is one.
  readMeasurements: async (source) => (await import('./read-evaluations.ts')).readEvaluations(source),
};

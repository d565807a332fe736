import type { Layout } from '../layout.ts';
import { companionOf } from './companion-of.ts';

/**
 * What CheckpointCallback and EvalCallback leave: `{prefix}_{steps}_steps.zip` with its companions, `best_model.zip` and `evaluations.npz`.
 * stable_baselines3/common/callbacks.py
 */
export const stableBaselines3: Layout = { companionOf };

import type { ModelState, TrainingState } from '../../../shared/model/model-state.ts';
import { trainingStateToDict } from '../../../shared/model/training-state-dict.ts';
import type { Intact } from '../integrity/find-intact.ts';
import type { ModelManager } from '../model-manager.ts';

/** Where a training goes on from. */
export interface Resumed extends Pick<Intact, 'passedOver'> {
  /** Null where there is none: the training begins. */
  version: ModelState | null;
  trainingState: TrainingState;
  warnings: string[];
}

/** The newest intact version of a run, its bytes verified, and how far training had come. */
export async function newestState(manager: ModelManager): Promise<Resumed> {
  // Whoever writes now recovers the run himself.
  await manager.recover().catch(() => undefined);
  const { id, passedOver } = await manager.latest();
  if (id === null) return { version: null, trainingState: freshState(), passedOver, warnings: [] };
  const { state, warnings } = await manager.loadModel({ id });
  return { version: state, trainingState: { ...freshState(), ...state.trainingState }, passedOver, warnings };
}

export function freshState(): TrainingState {
  return trainingStateToDict({});
}

/** The value of the run's best version, by the metric that ranks the run; null where there is none. */
export function bestValue(manager: ModelManager): number | null {
  return manager.bestValue;
}

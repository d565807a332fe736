import type { JsonObject } from '../../../shared/model/json.ts';
import type { TrainingState } from '../../../shared/model/model-state.ts';
import { updateFromMetrics } from '../../../shared/model/update-from-metrics.ts';

/** The training state after an update: what the metrics tell of it, and where they do not, one step and one update more. */
export function advance(state: TrainingState, metrics: JsonObject, seconds: number): TrainingState {
  const { global_step = 0, global_update = 0, wall_time_seconds = 0 } = state;
  const next = {
    ...state,
    global_step: global_step + 1,
    global_update: global_update + 1,
    wall_time_seconds: wall_time_seconds + seconds,
  };
  return updateFromMetrics(next, metrics);
}

import type { InspectOutput } from '../../../shared/model/inspect-output.ts';
import { countShown, sumStorages } from '../../../shared/statistics/count-shown.ts';
import type { Tensor } from '../formats/contents.ts';

type Totals = InspectOutput['totals'];

/**
 * `parameters`: each element of a storage once, however many tensors show it; of the model alone where the file tells
 * the model from the rest. `bytes`: what the storages take.
 */
export function countTotals(tensors: readonly Tensor[]): Totals {
  const ofModel = tensors.filter(({ part }) => part === 'model');
  const counted = ofModel.length > 0 ? ofModel : tensors;
  return {
    tensors: tensors.length,
    parameters: sumStorages(counted, countShown),
    bytes: sumStorages(tensors, countBytes),
  };
}

/** The storage itself where it is there, else what its largest tensor would need. */
function countBytes(sharing: readonly Tensor[]): number {
  return sharing.reduce((most, { data, bytes }) => Math.max(most, data?.length ?? bytes), 0);
}

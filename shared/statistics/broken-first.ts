import type { DriftView } from '../model/contents-view.ts';
import { toNumber } from '../model/json.ts';

type Layer = DriftView['layers'][number];

/** Where numbers stop being numbers is what one looks for; all other layers stand as in the file. */
export function brokenFirst(layers: readonly Layer[]): Layer[] {
  return [...layers.filter(isBroken), ...layers.filter((layer) => !isBroken(layer))];
}

/** Whether a layer has a NaN in some version. */
export function isBroken({ norms }: Layer): boolean {
  return norms.some((norm) => Number.isNaN(toNumber(norm)));
}

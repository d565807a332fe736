import type { WeightsFound } from '../model/weights-found.ts';

/** A norm as it was measured, or as text where JSON lacks it; null where it was not measured. */
type Norm = number | string | null;

/** The tensors of one version with what was measured of them. */
export interface MeasuredVersion<Id = string> {
  id: Id;
  tensors: readonly { name: string; norm: Norm; hasNan: boolean; hasInfinite: boolean }[];
}

/** One tensor over the versions of a run, in their order. */
export interface Layer {
  name: string;
  /** Its L2 norm in each version; NaN where an element is, whatever the norm of the others; null where it is not there or was not measured. */
  norms: Norm[];
}

export interface Drift<Id = string> {
  versions: Id[];
  layers: Layer[];
  /** The first version with a NaN in some tensor, and which tensors those are. */
  firstNan: { id: Id; tensors: string[] } | null;
  /** Those of them of which something was not measured, as in a torn file. */
  incomplete: Id[];
}

/** How the norm of each tensor goes over the versions of a run, or those of them that have been measured, and where numbers stop being numbers. */
export function summariseDrift<Id>(versions: readonly MeasuredVersion<Id>[]): Drift<Id> {
  const layers = new Map<string, Layer>();
  for (const [index, { tensors }] of versions.entries()) {
    for (const { name, norm, hasNan } of tensors)
      layerOf(layers, name, versions.length).norms[index] = hasNan ? 'NaN' : norm;
  }
  return {
    versions: versions.map(({ id }) => id),
    layers: [...layers.values()],
    firstNan: findFirstNan(versions),
    incomplete: versions.filter(isIncomplete).map(({ id }) => id),
  };
}

function isIncomplete({ tensors }: Pick<MeasuredVersion, 'tensors'>): boolean {
  const isUnmeasured = (each: MeasuredVersion['tensors'][number]) =>
    each.norm === null && !each.hasNan && !each.hasInfinite;
  return tensors.length === 0 || tensors.some(isUnmeasured);
}

/** What was found in the weights of one; null where not all of them were measured, and nothing is wrong with those that were. */
export function weightsFound(tensors: MeasuredVersion['tensors']): WeightsFound | null {
  const nan = tensors.filter(({ hasNan }) => hasNan).length;
  const infinite = tensors.filter(({ hasInfinite }) => hasInfinite).length;
  if (nan + infinite === 0 && isIncomplete({ tensors })) return null;
  return { tensors: tensors.length, nan, infinite };
}

function layerOf(layers: Map<string, Layer>, name: string, versions: number): Layer {
  const layer = layers.get(name) ?? { name, norms: new Array<Norm>(versions).fill(null) };
  layers.set(name, layer);
  return layer;
}

function findFirstNan<Id>(versions: readonly MeasuredVersion<Id>[]): Drift<Id>['firstNan'] {
  for (const { id, tensors } of versions) {
    const lost = tensors.filter(({ hasNan }) => hasNan).map(({ name }) => name);
    if (lost.length > 0) return { id, tensors: lost };
  }
  return null;
}

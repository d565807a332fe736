import type { TensorStatistics } from '../../../shared/model/tensor-statistics.ts';

/** The tensors of one version with what was measured of them; null where they could not be. */
export interface MeasuredVersion {
  id: string;
  tensors: readonly { name: string; statistics: TensorStatistics | null }[];
}

/** One tensor over the versions of a run, in their order. */
export interface Layer {
  name: string;
  /** Its L2 norm in each version; null where it is not there or was not measured. */
  norms: (number | null)[];
}

export interface Drift {
  versions: string[];
  layers: Layer[];
  /** The first version with a NaN in some tensor, and which tensors those are. */
  firstNan: { id: string; tensors: string[] } | null;
}

/** How the norm of each tensor goes over the versions of a run, and where numbers stop being numbers. */
export function summariseDrift(versions: readonly MeasuredVersion[]): Drift {
  const layers = new Map<string, Layer>();
  for (const [index, { tensors }] of versions.entries()) {
    for (const { name, statistics } of tensors) {
      layerOf(layers, name, versions.length).norms[index] = statistics?.l2 ?? null;
    }
  }
  return {
    versions: versions.map(({ id }) => id),
    layers: [...layers.values()],
    firstNan: findFirstNan(versions),
  };
}

function layerOf(layers: Map<string, Layer>, name: string, versions: number): Layer {
  const layer = layers.get(name) ?? { name, norms: new Array<number | null>(versions).fill(null) };
  layers.set(name, layer);
  return layer;
}

function findFirstNan(versions: readonly MeasuredVersion[]): Drift['firstNan'] {
  for (const { id, tensors } of versions) {
    const lost = tensors.filter(({ statistics }) => (statistics?.nan ?? 0) > 0).map(({ name }) => name);
    if (lost.length > 0) return { id, tensors: lost };
  }
  return null;
}

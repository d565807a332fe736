import type { DriftView } from '../model/contents-view.ts';
import { brokenFirst } from './broken-first.ts';
import { type MeasuredVersion, summariseDrift } from './summarise-drift.ts';

const most = { layers: 2000, named: 20 };

/** Versions that have been measured, told by their handles, as a window shows them. @param leftOut versions between them that are not measured */
export function viewDrift(measured: readonly MeasuredVersion<number>[], leftOut: number): DriftView {
  const { versions, layers, firstNan, incomplete } = summariseDrift(measured);
  const labelled = layers.map(({ name, norms }) => ({ label: name, norms }));
  return {
    versions,
    layers: brokenFirst(labelled).slice(0, most.layers),
    first_nan: firstNan && { version: firstNan.id, layers: firstNan.tensors.slice(0, most.named) },
    incomplete,
    left_out: { versions: leftOut, layers: Math.max(0, layers.length - most.layers) },
  };
}

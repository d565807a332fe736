import type { JsonObject } from '../model/json.ts';
import { numericMetrics } from '../model/metric-values.ts';
import { makeVersion } from '../model/version.fixture.ts';
import type { ComparedVersion } from './compare-versions.ts';

type Given = Partial<Omit<ComparedVersion['row'], 'metrics'>> & { metrics?: JsonObject };

/** A version to compare, for tests: nothing remarkable about it, but for what is given. */
export function aComparedVersion(
  { metrics = {}, ...given }: Given,
  record: { notes?: unknown; training_state?: unknown; sidecar?: unknown; hydra?: unknown } = {},
): ComparedVersion {
  const numbers = { step: null, episode: null, reward: null, metrics: numericMetrics(metrics) };
  return {
    row: { ...makeVersion(), ...numbers, ...given },
    record: { notes: null, training_state: null, sidecar: null, hydra: null, ...record },
  };
}

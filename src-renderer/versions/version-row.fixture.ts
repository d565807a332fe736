import type { JsonObject } from '../../shared/model/json.ts';
import { numericMetrics } from '../../shared/model/metric-values.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';

/** A row for tests: an ordinary best model, but for what is given. */
export function aRow(
  handle: number,
  { metrics = {}, ...given }: Partial<Omit<VersionRow, 'metrics'>> & { metrics?: JsonObject } = {},
): VersionRow {
  return {
    handle,
    runId: 'run',
    id: `best_models/model_v${handle}.pt`,
    kind: 'best',
    version: handle,
    timestamp: null,
    step: null,
    episode: null,
    reward: null,
    metrics: numericMetrics(metrics),
    symbol: null,
    tags: [],
    notes: null,
    pinned: false,
    file_size_bytes: 1000,
    checksum: null,
    metadata_source: 'sidecar',
    integrity: {
      state: 'unverified',
      detail: null,
      cause: null,
      expected: null,
      actual: null,
      checked_at: null,
    },
    is_best: false,
    is_latest: false,
    backups: 0,
    problems: [],
    ...given,
  };
}

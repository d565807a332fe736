import { bareIntegrity } from './integrity.ts';
import type { Version } from './version.ts';

/** A version with nothing remarkable about it, but for what a test says. */
export function makeVersion(rest: Partial<Version> = {}): Version {
  return {
    id: 'best_models/model_v0001.pt',
    kind: 'best',
    version: 1,
    timestamp: null,
    step: null,
    episode: null,
    reward: 0.5,
    metrics: {},
    training_state: null,
    symbol: null,
    tags: [],
    notes: null,
    pinned: false,
    file_size_bytes: 1000,
    checksum: null,
    metadata_source: 'sidecar',
    integrity: bareIntegrity('unsealed'),
    is_best: false,
    is_latest: false,
    backups: 0,
    problems: [],
    ...rest,
  };
}

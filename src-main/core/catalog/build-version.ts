import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { type JsonObject, ownValue } from '../../../shared/model/json.ts';
import type { ModelMetadata } from '../../../shared/model/model-metadata.ts';
import type { Version, VersionKind } from '../../../shared/model/version.ts';
import { type NamedFacts, parseFileName } from './parse-file-name.ts';

/** Everything the list knows of one version before its bytes are read. `size` is null when the model file is missing. */
export interface VersionFacts {
  id: string;
  kind: VersionKind;
  stem: string;
  size: number | null;
  metadata: ModelMetadata | null;
  /** The SHA-256 that a `SHA256SUMS` file has for it. */
  listedChecksum: string | null;
  backups: number;
  problems: string[];
}

const noMetrics: JsonObject = {};
const stepKeys = ['global_step', 'step', 'global_step_counter', 'total_timesteps'];
const episodeKeys = ['global_episode', 'episode', 'global_episode_counter'];

/** A version as its sidecar describes it, else its name. */
export function buildVersion(facts: VersionFacts): Version {
  const named = parseFileName(facts.stem);
  const metadata = facts.metadata ?? {};
  const checksum = metadata.checksum?.toLowerCase() ?? facts.listedChecksum;
  return {
    id: facts.id,
    kind: facts.kind,
    ...identify(metadata, named),
    ...locate(metadata, named),
    ...annotate(metadata),
    pinned: false,
    file_size_bytes: facts.size ?? 0,
    checksum,
    metadata_source: sourceOf(facts, named),
    integrity: firstLook(facts.size, recordedSize(metadata), checksum),
    is_best: false,
    is_latest: false,
    backups: facts.backups,
    problems: facts.problems,
  };
}

function identify(
  metadata: ModelMetadata,
  named: NamedFacts,
): Pick<Version, 'version' | 'timestamp' | 'reward' | 'metrics'> {
  return {
    // The reference writes 0 where no number was given: to checkpoints.
    version: metadata.version || named.version,
    timestamp: metadata.timestamp ?? named.timestamp,
    reward: metadata.reward ?? named.reward,
    metrics: metadata.metrics ?? noMetrics,
  };
}

function locate(
  metadata: ModelMetadata,
  named: NamedFacts,
): Pick<Version, 'step' | 'episode' | 'training_state'> {
  const state = metadata.training_state ?? null;
  return {
    step: firstNumber(state, stepKeys) ?? named.step,
    episode: firstNumber(state, episodeKeys) ?? metadata.episode_count ?? null,
    training_state: state,
  };
}

function annotate({ symbol, tags, notes }: ModelMetadata): Pick<Version, 'symbol' | 'tags' | 'notes'> {
  return { symbol: symbol ?? null, tags: tags ?? [], notes: notes ?? null };
}

/** The size the record gives, or null: `file_size_bytes`, in the simple generation `file_size`. */
export function recordedSize(metadata: ModelMetadata | null): number | null {
  return metadata?.file_size_bytes ?? metadata?.file_size ?? null;
}

/** What can be said of a file's bytes from its size alone. */
function firstLook(size: number | null, recorded: number | null, checksum: string | null): Integrity {
  if (size === null) return bareIntegrity('missing', 'the sidecar is here, the model file is not');
  if (size === 0) return bareIntegrity('torn', 'an empty file (0 bytes)');
  if (recorded !== null && recorded !== size) {
    const detail = `${count(size)} of ${count(recorded)} bytes: the size differs from the one on record`;
    return { ...bareIntegrity('mismatch', detail), cause: 'changed', expected: checksum };
  }
  if (checksum === null) return bareIntegrity('unsealed');
  return { ...bareIntegrity('unverified'), expected: checksum };
}

function sourceOf(facts: VersionFacts, named: NamedFacts): Version['metadata_source'] {
  if (facts.metadata) return 'sidecar';
  return named.version !== null || named.reward !== null || named.step !== null ? 'file_name' : 'none';
}

function firstNumber(object: JsonObject | null, keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = ownValue(object, key);
    if (typeof value === 'number') return value;
  }
  return null;
}

function count(bytes: number): string {
  return bytes.toLocaleString('en');
}

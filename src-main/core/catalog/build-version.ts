import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { type JsonObject, ownValue } from '../../../shared/model/json.ts';
import type { ModelMetadata } from '../../../shared/model/model-metadata.ts';
import type { Version, VersionKind, VersionRecord } from '../../../shared/model/version.ts';
import { formatCount } from '../formats/plain-text.ts';
import { type NamedFacts, parseFileName } from './parse-file-name.ts';

/** Everything the list knows of one version before its bytes are read. `size` is null when the model file is missing. */
export interface VersionFacts {
  id: string;
  kind: VersionKind;
  stem: string;
  size: number | null;
  metadata: ModelMetadata | null;
  /** Where the metadata, if there is any, was read. */
  metadataFrom: 'sidecar' | 'contents';
  /** The SHA-256 that a `SHA256SUMS` file has for it. */
  listedChecksum: string | null;
  backups: number;
  problems: string[];
}

const noMetadata: ModelMetadata = {};
const noMetrics: JsonObject = {};
const noTags: string[] = [];
/** The last ones are what stable-baselines3 calls them. */
const stepKeys = ['global_step', 'step', 'global_step_counter', 'total_timesteps', 'num_timesteps'];
const episodeKeys = ['global_episode', 'episode', 'global_episode_counter', '_episode_num'];

/** A version as its sidecar or its own contents describe it; its name fills what those lack. */
export function buildRecord(facts: VersionFacts): VersionRecord {
  const named = parseFileName(facts.stem);
  const metadata = facts.metadata ?? noMetadata;
  return {
    id: facts.id,
    kind: facts.kind,
    // The reference writes 0 where no number was given: to checkpoints.
    version: metadata.version || named.version,
    timestamp: metadata.timestamp ?? named.timestamp,
    ...progressOf(metadata, named),
    reward: metadata.reward ?? named.reward,
    metrics: metadata.metrics ?? noMetrics,
    ...annotations(metadata),
    pinned: false,
    file_size_bytes: facts.size ?? 0,
    checksum: metadata.checksum?.toLowerCase() ?? facts.listedChecksum,
    metadata_source: sourceOf(facts, named),
    backups: facts.backups,
    problems: facts.problems,
  };
}

function progressOf(
  metadata: ModelMetadata,
  named: NamedFacts,
): Pick<VersionRecord, 'step' | 'episode' | 'training_state'> {
  const state = metadata.training_state ?? null;
  return {
    step: firstNumber(state, stepKeys) ?? named.step,
    episode: firstNumber(state, episodeKeys) ?? metadata.episode_count ?? null,
    training_state: state,
  };
}

function annotations({
  symbol,
  tags,
  notes,
}: ModelMetadata): Pick<VersionRecord, 'symbol' | 'tags' | 'notes'> {
  return { symbol: symbol ?? null, tags: tags ?? noTags, notes: notes ?? null };
}

/** The size the record gives, or null: `file_size_bytes`, in the simple generation `file_size`. */
export function recordedSize(metadata: ModelMetadata | null): number | null {
  return metadata?.file_size_bytes ?? metadata?.file_size ?? null;
}

/** What can be said of a file's bytes from its size alone. */
export function firstLook(size: number | null, recorded: number | null, checksum: string | null): Integrity {
  if (size === null) return bareIntegrity('missing', 'the sidecar is here, the model file is not');
  if (size === 0) return bareIntegrity('torn', 'an empty file (0 bytes)');
  if (recorded !== null && recorded !== size) {
    const detail = `${formatCount(size)} of ${formatCount(recorded)} bytes: the size differs from the one on record`;
    return { ...bareIntegrity('mismatch', detail), cause: 'changed', expected: checksum };
  }
  return checksum === null
    ? bareIntegrity('unsealed')
    : { ...bareIntegrity('unverified'), expected: checksum };
}

function sourceOf(facts: VersionFacts, named: NamedFacts): Version['metadata_source'] {
  if (facts.metadata) return facts.metadataFrom;
  return named.version !== null || named.reward !== null || named.step !== null ? 'file_name' : 'none';
}

function firstNumber(object: JsonObject | null, keys: readonly string[]): number | null {
  if (!object) return null;
  for (const key of keys) {
    const value = ownValue(object, key);
    if (typeof value === 'number') return value;
  }
  return null;
}

import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { type JsonObject, ownValue, toNumber } from '../../../shared/model/json.ts';
import type { ModelMetadata } from '../../../shared/model/model-metadata.ts';
import type { Version, VersionKind, VersionRecord } from '../../../shared/model/version.ts';
import { checksumListName } from '../integrity/checksum-list.ts';
import { tellOtherSize } from '../integrity/judge.ts';
import type { NamedFacts } from './parse-file-name.ts';
import type { StateInName } from './read-state.ts';

/** Everything the list knows of one version before its bytes are read. `size` is null when the model file is missing. */
export interface VersionFacts {
  id: string;
  kind: VersionKind;
  /** What its name says in the way of the reference. */
  named: NamedFacts;
  size: number | null;
  metadata: ModelMetadata | null;
  /** Where the metadata, if there is any, was read. */
  metadataFrom: 'sidecar' | 'contents';
  /** The SHA-256 that a `SHA256SUMS` file has for it. */
  listedChecksum: string | null;
  backups: number;
  problems: string[];
  /** Which of the problems is that its sidecar does not tell what it was ranked by; null for none. */
  fault: string | null;
  /** What its name says in the way of a framework, or of any trainer; null where that is nothing, or a sidecar describes it. */
  state: StateInName | null;
}

const noMetadata: ModelMetadata = {};
const noMetrics: JsonObject = {};
const noTags: string[] = [];
/** The last ones are what stable-baselines3 calls them. */
const stepKeys = ['global_step', 'step', 'global_step_counter', 'total_timesteps', 'num_timesteps'];
const episodeKeys = ['global_episode', 'episode', 'global_episode_counter', '_episode_num'];

/** A version as its sidecar or its own contents describe it; its name fills what those lack. */
export function buildRecord(facts: VersionFacts): VersionRecord {
  const { named } = facts;
  const metadata = facts.metadata ?? noMetadata;
  const { symbol = null, notes = null, training_state: state = null } = metadata;
  // Spreads would cost more than all else here.
  return {
    id: facts.id,
    kind: facts.kind,
    version: numberOf(metadata, facts),
    timestamp: metadata.timestamp ?? named.timestamp,
    step: stepOf(state, named, facts),
    episode: episodeOf(state, metadata, facts),
    training_state: state,
    reward: (isDenied(facts, isOtherReward) ? null : metadata.reward) ?? rewardOf(named, facts),
    metrics: withNamed(metadata.metrics ?? noMetrics, facts),
    symbol,
    tags: metadata.tags ?? noTags,
    notes,
    pinned: false,
    file_size_bytes: facts.size ?? 0,
    checksum: metadata.checksum?.toLowerCase() ?? facts.listedChecksum,
    metadata_source: sourceOf(facts, named),
    backups: facts.backups,
    problems: withContradictions(facts, named),
  };
}

/** The reference writes 0 where no number was given: to checkpoints. */
function numberOf(metadata: ModelMetadata, facts: VersionFacts): number | null {
  const { named, state } = facts;
  const own = isDenied(facts, isOtherNumber) ? null : metadata.version;
  return own || (named.version ?? state?.version ?? null);
}

/** Whether a name as the reference gives them counts, and not what the file says: version and reward of a model without a sidecar come from its name. */
function isDenied(facts: VersionFacts, isOther: (facts: VersionFacts) => boolean): boolean {
  const { metadataFrom, named } = facts;
  return metadataFrom === 'contents' && named.version !== null && named.reward !== null && isOther(facts);
}

/** What a record measures goes before what the name says. */
function withNamed(metrics: JsonObject, { state }: VersionFacts): JsonObject {
  return state && state.metrics.length > 0 ? { ...Object.fromEntries(state.metrics), ...metrics } : metrics;
}

/** In what others contradict its record. */
function withContradictions(facts: VersionFacts, named: NamedFacts): string[] {
  const { metadata, metadataFrom, problems } = facts;
  if (metadata === null) return problems;
  if (metadataFrom === 'contents') return withNameDenied(facts, metadata);
  const isNumberOther = named.reward !== null && isOtherNumber(facts);
  const isRewardOther = isOtherReward(facts);
  const isListedOther = isContradicted(facts);
  if (!isNumberOther && !isRewardOther && !isListedOther) return problems;
  const told = [...problems];
  if (isNumberOther)
    told.push(
      `its name and its sidecar give different versions: ${named.version} in the name, ${metadata.version} in the sidecar, which counts`,
    );
  if (isRewardOther)
    told.push(
      `its name and its sidecar give different rewards: ${named.reward} in the name, ${toNumber(metadata.reward)} in the sidecar`,
    );
  if (isListedOther) told.push(otherChecksums);
  return told;
}

/** A file that was copied under another name, or whose weights were saved once more, still says what it was. */
function withNameDenied(facts: VersionFacts, metadata: ModelMetadata): string[] {
  const { problems, named } = facts;
  const told = [...problems];
  if (isOtherNumber(facts))
    told.push(
      `its name and its contents give different versions: ${named.version} in the name, ${metadata.version} in the contents`,
    );
  const reward = toNumber(metadata.reward);
  // Null, or NaN, is what a file has that was not told any.
  if (reward !== null && !Number.isNaN(reward) && isOtherReward(facts))
    told.push(
      `its name and its contents give different rewards: ${named.reward} in the name, ${reward} in the contents`,
    );
  return told.length === problems.length ? problems : told;
}

function isOtherNumber({ id, metadata, named }: VersionFacts): boolean {
  const version = metadata?.version;
  if (!version || named.version === null || version === named.version) return false;
  return !isWrittenOtherwise(id, version);
}

/** `version_format` may write a number without its `v`, to another base, or in groups. */
function isWrittenOtherwise(id: string, version: number): boolean {
  const grouped = String(version).replace(/\B(?=(?:\d{3})+$)/g, '_');
  if (new RegExp(`(?:^|[/_])0*${version}_reward`).test(id)) return true;
  const texts = [2, 8, 16].map((base) => version.toString(base));
  return new RegExp(`(?:^|[/_])v0*(?:${[...texts, grouped].join('|')})(?=[_.]|$)`, 'i').test(id);
}

/** A reward that the name rounded is no contradiction. */
function isOtherReward({ metadata, named }: VersionFacts): boolean {
  const reward = metadata?.reward ?? null;
  if (reward === null || named.reward === null) return false;
  const told = toNumber(reward);
  const isClose = told !== null && Math.abs(told - named.reward) <= named.rewardStep * (1 + 1e-9);
  return !isClose && !Object.is(told, named.reward);
}

const otherChecksums = `its sidecar and ${checksumListName} give different checksums`;

/** Whether two checksums are on record of it, so that its bytes cannot have both. The sidecar's is what is shown. */
export function isContradicted({ metadata, metadataFrom, listedChecksum: listed }: VersionFacts): boolean {
  const checksum = metadataFrom === 'sidecar' ? metadata?.checksum : null;
  return typeof checksum === 'string' && listed !== null && checksum.toLowerCase() !== listed;
}

/**
 * That what is on record of a version contradicts itself, or that its record is there and does not tell what it was ranked by, in words; null where it does not.
 * @param record as {@link buildRecord} made it: contradictions come after all other problems
 */
export function findFaultOfRecord(facts: VersionFacts, record: VersionRecord): string | null {
  if (facts.fault !== null || facts.metadataFrom === 'contents') return facts.fault;
  return record.problems[facts.problems.length] ?? null;
}

function stepOf(training: JsonObject | null, named: NamedFacts, { state }: VersionFacts): number | null {
  return stepOfState(training) ?? named.step ?? state?.step ?? null;
}

/** The training step that a training state tells; null where it tells none. */
export function stepOfState(state: JsonObject | null): number | null {
  return firstNumber(state, stepKeys);
}

function rewardOf({ reward }: NamedFacts, { state }: VersionFacts): number | null {
  return reward ?? state?.reward ?? null;
}

function episodeOf(
  training: JsonObject | null,
  { episode_count }: ModelMetadata,
  { state }: VersionFacts,
): number | null {
  return firstNumber(training, episodeKeys) ?? episode_count ?? state?.episode ?? null;
}

/** The size the record gives, or null: `file_size_bytes`, in the simple generation `file_size`. */
export function recordedSize(metadata: ModelMetadata | null): number | null {
  return metadata?.file_size_bytes ?? metadata?.file_size ?? null;
}

/** What can be said of a file's bytes from its size, and what is on record of it, alone. */
export function firstLook(facts: VersionFacts, checksum: string | null): Integrity {
  const { size, metadata } = facts;
  if (size === null) return bareIntegrity('missing', 'the sidecar is here, the model file is not');
  if (size === 0) return bareIntegrity('torn', 'an empty file (0 bytes)');
  const otherSize = tellOtherSize(size, recordedSize(metadata));
  if (otherSize !== null) return { ...bareIntegrity('mismatch', otherSize, checksum), cause: 'changed' };
  if (isContradicted(facts)) return bareIntegrity('mismatch', otherChecksums, checksum);
  return bareIntegrity(checksum === null ? 'unsealed' : 'unverified', null, checksum);
}

function sourceOf(facts: VersionFacts, named: NamedFacts): Version['metadata_source'] {
  if (facts.metadata) return facts.metadataFrom;
  const isNamed = named.version !== null || named.reward !== null || named.step !== null;
  return isNamed || facts.state !== null ? 'file_name' : 'none';
}

function firstNumber(object: JsonObject | null, keys: readonly string[]): number | null {
  if (!object) return null;
  for (const key of keys) {
    const value = ownValue(object, key);
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  }
  return null;
}

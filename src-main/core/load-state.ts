import type { JsonObject } from '../../shared/model/json.ts';
import { metadataFromDict } from '../../shared/model/metadata-dict.ts';
import type { ModelState, Validated } from '../../shared/model/model-state.ts';
import type { StorageConfig } from '../../shared/model/storage-config.ts';
import { trainingStateFromDict } from '../../shared/model/training-state-dict.ts';
import type { VersionDescription } from './catalog/describe-version.ts';
import { escapeName } from './catalog/escape-name.ts';
import { ModelValidationError } from './errors.ts';

/** A model that was loaded, and what is not as it should be, where the config does not make that an error. */
export interface Loaded {
  state: ModelState;
  warnings: string[];
}

/**
 * What is known of a version as the state of a model. Whether its bytes are intact is settled before.
 * @throws ModelValidationError for a model without a sidecar where the config requires one; with `strict_mode` for every fault
 */
export function stateOf(version: VersionDescription, config: StorageConfig): Loaded {
  if (config.require_metadata && !version.sidecar)
    throw refuse(
      version,
      'it has no sidecar, and require_metadata is on',
      'restore the sidecar, or turn that off',
    );
  const metadata = metadataFromDict(version.sidecar ?? recordOf(version));
  const training = trainingStateFromDict(version.training_state ?? {});
  const warnings = [...version.problems, ...problemsOf(metadata), ...problemsOf(training)];
  if (config.strict_mode && warnings.length > 0)
    throw refuse(version, warnings.join('; '), 'fix its record, or turn strict_mode off');
  const { id, path, file_size_bytes, checksum } = version;
  const file = { id, path, size: file_size_bytes, checksum };
  return { state: { metadata: resultOf(metadata), trainingState: resultOf(training), file }, warnings };
}

function problemsOf<T>(validated: Validated<T>): string[] {
  return 'problems' in validated ? validated.problems : [];
}

function resultOf<T extends object>(validated: Validated<T>): T | Record<string, never> {
  return 'value' in validated ? validated.value : {};
}

function refuse({ id }: VersionDescription, why: string, fix: string): ModelValidationError {
  return new ModelValidationError(`cannot load ${escapeName(id)} — ${why} — ${fix}`, { path: id });
}

/** What the contents of a file without a sidecar tell, else its name. */
function recordOf({ version, timestamp, reward, symbol, metrics }: VersionDescription): JsonObject {
  return { version, timestamp, reward, symbol, metrics };
}

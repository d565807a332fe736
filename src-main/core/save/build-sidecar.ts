import type { Json, JsonObject } from '../../../shared/model/json.ts';
import { metadataFloats, metadataToDict } from '../../../shared/model/metadata-dict.ts';
import { trainingStateFloats } from '../../../shared/model/training-state-dict.ts';
import { writePythonJson } from '../catalog/write-python-json.ts';
import { PythonFloat } from '../packing/torch-value.ts';
import type { SaveRequest } from './save-request.ts';

/** What only the save knows of the file. `version` is null where none was given. */
interface SavedFile {
  id: string;
  version: number | null;
  at: Date;
  checksum: string;
  size: number;
}

/** The sidecar as the reference writes it, and as it reads it back. The time is UTC and says so, without a final `Z`. */
export function sidecarText(root: string, request: SaveRequest, file: SavedFile): string {
  const metadata = metadataToDict({
    ...request.metadata,
    version: file.version ?? 0,
    timestamp: file.at.toISOString().replace('Z', '000+00:00'),
    reward: request.reward,
    metrics: request.metrics ?? {},
    file_path: `${root}/${file.id}`,
    file_size_bytes: file.size,
    checksum: file.checksum,
  });
  const state = request.trainingState ?? null;
  const training = state === null ? {} : { training_state: withFloats(state, stateFloats) };
  return writePythonJson({ ...withFloats(metadata, metadataFloats), ...training }, 2);
}

const stateFloats: ReadonlySet<string> = new Set([...trainingStateFloats, 'recent_rewards']);

/** Numbers under these keys as the floats that the reference has there, whole ones too. */
function withFloats(dict: JsonObject, keys: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(dict).map(([key, value]) => [key, keys.has(key) ? asFloat(value) : value]),
  );
}

function asFloat(value: Json): unknown {
  if (Array.isArray(value)) return value.map(asFloat);
  return typeof value === 'number' ? new PythonFloat(value) : value;
}

import type { JsonObject } from '../../../shared/model/json.ts';
import { metadataToDict } from '../../../shared/model/metadata-dict.ts';
import { writePythonJson } from '../catalog/write-python-json.ts';
import { withFloats } from '../packing/with-floats.ts';
import type { Target } from './choose-target.ts';
import type { SaveRequest } from './save-request.ts';

/** What is only known once the bytes are written: their SHA-256 and number. */
interface WrittenBytes {
  checksum: string;
  size: number;
}

/** The metadata of a save, as the reference has it; without bytes as it stands in the file itself. The time is UTC and says so, without a final `Z`. */
export function metadataOf(
  root: string,
  request: SaveRequest,
  { id, version, at }: Pick<Target, 'id' | 'version' | 'at'>,
  bytes?: WrittenBytes,
): JsonObject {
  return metadataToDict({
    ...request.metadata,
    version: version ?? 0,
    timestamp: at.toISOString().replace('Z', '000+00:00'),
    reward: request.reward,
    metrics: request.metrics ?? {},
    file_path: `${root}/${id}`,
    file_size_bytes: bytes?.size ?? null,
    checksum: bytes?.checksum ?? null,
  });
}

/** The sidecar as the reference writes it, and as it reads it back; without bytes where it is part of what it tells of. */
export function sidecarText(
  root: string,
  request: SaveRequest,
  target: Pick<Target, 'id' | 'version' | 'at'>,
  bytes?: WrittenBytes,
): string {
  const { metrics = {}, floatMetrics = [] } = request;
  const floats = new Set(floatMetrics);
  const metadata = {
    ...floatsIn(metadataOf(root, request, target, bytes)),
    metrics: Object.fromEntries(withFloats(Object.entries(metrics), floats)),
  };
  const state = request.trainingState ?? null;
  const training = state === null ? {} : { training_state: floatsIn(state) };
  return writePythonJson({ ...metadata, ...training, ...request.sidecarOnly }, 2);
}

function floatsIn(dict: JsonObject): Record<string, unknown> {
  return Object.fromEntries(withFloats(Object.entries(dict)));
}

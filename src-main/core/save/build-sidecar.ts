import type { JsonObject } from '../../../shared/model/json.ts';
import { metadataToDict } from '../../../shared/model/metadata-dict.ts';
import { writePythonJson } from '../catalog/write-python-json.ts';
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
  const metadata: JsonObject = metadataToDict({
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
  return writePythonJson(state === null ? metadata : { ...metadata, training_state: state }, 2);
}

import { createHash } from 'node:crypto';
import { put } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface Model {
  reward?: number;
  /** Elements of its one tensor: what makes its bytes its own. */
  elements?: number;
  folder?: string;
  /** Keys of the sidecar beside the usual ones; null for no sidecar. */
  sidecar?: Record<string, unknown> | null;
}

/** Saves a model of a version as training does: the file that torch would write, and its sidecar. Gives its id. */
export function saveModel(run: string, version: number, model: Model = {}): string {
  const { reward = version / 10, elements = version, folder = 'best_models', sidecar = {} } = model;
  const bytes = writeTorchZip([elements]);
  const digits = String(version).padStart(4, '0');
  const stem = `${folder}/model_v${digits}_reward${reward.toFixed(4).replace('-', 'n')}_20240101_00${digits}`;
  put(run, `${stem}.pt`, bytes);
  const written = { version, reward, checksum: sha256(bytes), file_size_bytes: bytes.length, ...sidecar };
  // A number that JSON lacks is written bare, as Python does.
  if (sidecar !== null) put(run, `${stem}.json`, JSON.stringify(written).replaceAll('"<NaN>"', 'NaN'));
  return `${stem}.pt`;
}

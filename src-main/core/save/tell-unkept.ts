import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { nameWithoutEnding } from '../catalog/classify-name.ts';
import { parseFileName } from '../catalog/parse-file-name.ts';
import type { FileRequest } from './bytes-to-save.ts';

/** What is worth saying of a save without a sidecar: by what its version is ranked from now on. */
export function tellUnkept(
  { save_metadata }: Pick<StorageConfig, 'save_metadata'>,
  { source, reward }: FileRequest,
  id: string,
): string[] {
  // What is made of weights has all of it in itself.
  if (save_metadata || 'model' in source) return [];
  const kept = parseFileName(nameWithoutEnding(posix.basename(id))).reward;
  if (kept === null) return ['its reward and metrics are kept nowhere, as save_metadata: false asks'];
  const rounded = Object.is(kept, reward) ? '' : `, and it is ranked by that, not by ${reward}`;
  return [`of its reward and metrics its name alone keeps ${kept}, as save_metadata: false asks${rounded}`];
}

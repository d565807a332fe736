import { dirname, join } from 'node:path';
import { tryLookAt } from '../files/file-identity.ts';

/**
 * The file in which Lightning keeps what a model was set up by: beside a checkpoint, or beside the folder of checkpoints that it
 * is in. lightning/pytorch/core/saving.py, loggers/csv_logs.py and tensorboard.py: `version_N/hparams.yaml`, `version_N/checkpoints/`
 */
export function findHparams(file: string): string | null {
  const folder = dirname(file);
  return [folder, dirname(folder)].map((each) => join(each, 'hparams.yaml')).find(isFile) ?? null;
}

/** A link may lead to anywhere. */
function isFile(path: string): boolean {
  const look = tryLookAt(path);
  return look !== null && 'type' in look && look.type === 'file';
}

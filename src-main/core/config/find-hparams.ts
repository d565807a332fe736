import { findBeside } from './find-beside.ts';

/**
 * The file in which Lightning keeps what a model was set up by: beside a checkpoint, or beside the folder of checkpoints that it
 * is in. lightning/pytorch/core/saving.py, loggers/csv_logs.py and tensorboard.py: `version_N/hparams.yaml`, `version_N/checkpoints/`
 */
export function findHparams(file: string): string | null {
  return findBeside(file, 'hparams.yaml');
}

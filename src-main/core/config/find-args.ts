import { findBeside } from './find-beside.ts';

/**
 * The file in which a training keeps what it was started with: beside a checkpoint, or beside the folder of checkpoints that it is in. Sample
 * Factory has `config.json` there, sample_factory/cfg/arguments.py; scripts that parse arguments keep them in `args.json`; Ray Tune has
 * `params.json` of a trial.
 */
export function findArgs(file: string): string | null {
  return findBeside(file, 'args.json', 'params.json', 'config.json');
}

import { dirname, join } from 'node:path';
import { tryLookAt } from '../files/file-identity.ts';

const names = ['args.json', 'config.json'];

/**
 * The file in which a training keeps what it was started with: beside a checkpoint, or beside the folder of checkpoints that it is in. Sample
 * Factory has `config.json` there, sample_factory/cfg/arguments.py; scripts that parse arguments keep them in `args.json`.
 */
export function findArgs(file: string): string | null {
  const folder = dirname(file);
  const places = [folder, dirname(folder)].flatMap((each) => names.map((name) => join(each, name)));
  return places.find(isFile) ?? null;
}

/** A link may lead to anywhere. */
function isFile(path: string): boolean {
  const look = tryLookAt(path);
  return look !== null && 'type' in look && look.type === 'file';
}

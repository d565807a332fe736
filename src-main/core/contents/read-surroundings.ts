import type { Json, JsonObject } from '../../../shared/model/json.ts';
import { nameWithoutEnding } from '../catalog/classify-name.ts';
import { readWholeSidecar } from '../catalog/describe-version.ts';
import { readRecordObject } from '../catalog/read-record-object.ts';
import { findArgs } from '../config/find-args.ts';
import { findHparams } from '../config/find-hparams.ts';
import { findHydra } from '../config/find-hydra.ts';
import { readTrainer } from '../config/read-trainer.ts';
import { followToFile } from '../files/follow-to-file.ts';
import { nothingAround, type Surroundings } from './gather-settings.ts';

/** In bytes. What reads a file is stopped when it costs too much; what reads its sidecar is not. */
const longestSidecar = 1024 * 1024;

/** What stands beside a file, wherever its name leads to. Never throws. */
export async function readSurroundings(path: string): Promise<Surroundings> {
  const file = await followToFile(path).catch(() => null);
  if (file === null) return nothingAround;
  const sidecar = readWholeSidecar(nameWithoutEnding(file), (name) => name, longestSidecar);
  return { sidecar, ...(await readAround(file)) };
}

/** The config that Hydra wrote down of the run that a file belongs to; null where there is none. Never throws. */
export async function readHydraOf(path: string): Promise<Json> {
  const file = await followToFile(path).catch(() => null);
  return file === null ? null : ((await readAround(file)).hydra?.config ?? null);
}

/** What the configs beside a file, or above it, say. */
export async function readAround(file: string): Promise<Omit<Surroundings, 'sidecar'>> {
  const [folder, hparams] = [findHydra(file), findHparams(file)];
  const [trainer, args] = [await readTrainer(file), readArgs(file)];
  if (folder === null && hparams === null) return { hydra: null, hparams: null, trainer, args };
  // Reading YAML takes longer to load than most files to look into.
  const { readHydra, readSettings } = await import('../config/read-hydra.ts');
  return {
    hydra: folder === null ? null : readHydra(folder),
    hparams: hparams === null ? null : readSettings(hparams),
    trainer,
    args,
  };
}

function readArgs(file: string): JsonObject | null {
  const path = findArgs(file);
  return path === null ? null : readRecordObject(path, longestSidecar);
}

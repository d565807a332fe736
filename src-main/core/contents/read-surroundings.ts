import type { Json, JsonObject } from '../../../shared/model/json.ts';
import { nameWithoutEnding } from '../catalog/classify-name.ts';
import { readWholeSidecar } from '../catalog/describe-version.ts';
import { readRecordObject } from '../catalog/read-record-object.ts';
import { findArgs } from '../config/find-args.ts';
import { findHparams } from '../config/find-hparams.ts';
import { findHydra } from '../config/find-hydra.ts';
import { findZoo } from '../config/find-zoo.ts';
import { readMlflowParams } from '../config/read-mlflow-params.ts';
import { readTrainer } from '../config/read-trainer.ts';
import { followToFile } from '../files/follow-to-file.ts';
import { nothingAround, noZoo, type Surroundings } from './gather-settings.ts';
import { readMlflowInThread } from './mlflow-thread.ts';
import { readTrainerInThread } from './trainer-thread.ts';

/** In bytes. What reads a file is stopped when it costs too much; what reads its sidecar is not. */
const longestSidecar = 1024 * 1024;

/** What reads much, or what others wrote. */
interface Readers {
  trainerOf: (file: string) => ReturnType<typeof readTrainerInThread>;
  mlflowOf: (file: string) => JsonObject | null | Promise<JsonObject | null>;
}

const here: Readers = { trainerOf: readTrainer, mlflowOf: readMlflowParams };
const inThreads: Readers = { trainerOf: readTrainerInThread, mlflowOf: readMlflowInThread };

/** What stands beside a file, wherever its name leads to. Never throws. */
export async function readSurroundings(path: string): Promise<Surroundings> {
  const file = await followToFile(path).catch(() => null);
  if (file === null) return nothingAround;
  const sidecar = readWholeSidecar(nameWithoutEnding(file), (name) => name, longestSidecar);
  return { sidecar, ...(await readAround(file, inThreads)) };
}

/** The config that Hydra wrote down of the run that a file belongs to; null where there is none. Never throws. */
export async function readHydraOf(path: string): Promise<Json> {
  const file = await followToFile(path).catch(() => null);
  const folder = file === null ? null : findHydra(file);
  return folder === null ? null : (await yamlReaders()).readHydra(folder).config;
}

/** Reading YAML takes longer to load than most files to look into. */
const yamlReaders = async () => ({
  ...(await import('../config/read-hydra.ts')),
  ...(await import('../config/read-zoo.ts')),
});

/** What the configs beside a file, or above it, say. @param readers by default for a thread that reads what others wrote */
export async function readAround(
  file: string,
  { trainerOf, mlflowOf }: Readers = here,
): Promise<Omit<Surroundings, 'sidecar'>> {
  const [folder, hparams, zoo] = [findHydra(file), findHparams(file), findZoo(file)];
  const plain = { trainer: await trainerOf(file), args: readArgs(file), mlflow: await mlflowOf(file) };
  if (folder === null && hparams === null && zoo === null)
    return { ...plain, hydra: null, hparams: null, zoo: noZoo };
  const { readHydra, readSettings, readZoo } = await yamlReaders();
  return {
    ...plain,
    hydra: folder === null ? null : readHydra(folder),
    hparams: hparams === null ? null : readSettings(hparams),
    zoo: zoo === null ? noZoo : readZoo(zoo),
  };
}

function readArgs(file: string): JsonObject | null {
  const path = findArgs(file);
  return path === null ? null : readRecordObject(path, longestSidecar);
}

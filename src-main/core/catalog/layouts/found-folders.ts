import type { StorageConfig } from '../../../../shared/model/storage-config.ts';
import { readAsOf, withAnyName, withFolders } from '../../config/read-as.ts';
import { tryLookAt } from '../../files/file-identity.ts';
import { isKept } from '../../files/run-bookkeeping.ts';
import { isNameAmong } from '../list-names.ts';
import { aboutMlflowRun, logNames } from '../measurements/log-folders.ts';
import { foldersBeside, isCheckpointWithBeside } from './known-layouts.ts';
import type { FoldersBeside } from './layout.ts';

/** Where trainings by hand keep models, told by a log of what was measured that is beside them. */
const besideLogs: FoldersBeside = {
  folders: ['weights', 'models', 'ckpt', 'ckpts', 'checkpoint', 'saved_models'],
  signs: logNames,
};

/** A run that MLflow keeps has what its training logged in `artifacts`, of a name that each training chooses. mlflow/store/tracking/file_store.py */
const ofMlflow: FoldersBeside = {
  folders: ['artifacts', ...['checkpoints', 'models', 'weights'].map((name) => `artifacts/${name}`)],
  signs: [aboutMlflowRun],
};

/**
 * The folders in a run in which versions are kept by what else is in it; they need not be there.
 * @param has whether a file or folder of a name is right in the run
 */
export function foundFolders(has: (name: string) => boolean, readAs?: string): string[] {
  const all = [...foldersBeside(readAs), besideLogs, ofMlflow];
  return [...new Set(all.flatMap(({ folders, signs }) => (signs.some(has) ? folders : [])))];
}

/** So many names of a run are read to find a checkpoint among them: beside more than these there are no folders that are checkpoints. */
const mostNames = 2000;

/** The config of a run with those, and with what is right in it under any name. A folder that was opened as a run stays one. @param root absolute */
export function withFoundFolders(root: string, config: StorageConfig): StorageConfig {
  const has = (name: string) => tryLookAt(`${root}/${name}`) !== null;
  const readAs = readAsOf(config);
  return withFolders(
    withAnyName(
      config,
      isNameAmong(root, mostNames, (name) => isCheckpointWithBeside(name, readAs)),
    ),
    foundFolders(has, readAs).filter((path) => !isInKept(root, path)),
  );
}

function isInKept(root: string, path: string): boolean {
  const parts = path.split('/');
  return parts.some((_, index) => isKept([root, ...parts.slice(0, index + 1)].join('/')));
}

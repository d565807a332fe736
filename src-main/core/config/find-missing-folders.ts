import type { Problem } from '../../../shared/model/run.ts';
import { defaultStorageConfig, type StorageConfig } from '../../../shared/model/storage-config.ts';
import { tryLookAt } from '../files/file-identity.ts';

const keys = ['best_models_dir', 'checkpoint_dir'] as const;

/** Folders that a config names and that are not there, or are the run itself, where the usual one is: a slip that would make a whole run vanish. */
export function findMissingFolders(root: string, config: StorageConfig): Problem[] {
  return keys.flatMap((key) => {
    const [named, usual] = [config[key], defaultStorageConfig[key]];
    const fault = faultOf(root, named);
    if (fault === null || !isFolder(`${root}/${usual}`)) return [];
    if (keys.some((each) => config[each] === usual)) return [];
    const problem = `the config names this folder as ${key}, ${fault}; ${usual}/ is there, and is not looked at`;
    return [{ path: named === '' ? '.' : named, problem }];
  });
}

function faultOf(root: string, folder: string): string | null {
  if (folder.split(/[/\\]/).every((part) => part === '' || part === '.')) return 'and that is the run itself';
  return isFolder(`${root}/${folder}`) ? null : 'and it is not there';
}

function isFolder(path: string): boolean {
  const look = tryLookAt(path);
  return look !== null && !(look instanceof Error) && look.type === 'folder';
}

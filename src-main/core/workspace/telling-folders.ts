import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { runFolders } from '../catalog/list-names.ts';

/** Names of folders that make a run whatever they hold, or may. */
export const tellingFolders: ReadonlySet<string> = new Set([
  '.hydra',
  ...runFolders(defaultStorageConfig).map(({ path }) => path),
]);

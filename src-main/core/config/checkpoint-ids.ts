import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';

/**
 * The ids that the run’s checkpoint may have, or another checkpoint of that file name, in the order in which they count: saves
 * may pack it, and the oldest generation has it in the run itself.
 */
export function checkpointIds(
  { checkpoint_dir, checkpoint_name }: StorageConfig,
  name = checkpoint_name,
): string[] {
  const names = name.endsWith('.gz') ? [name] : [name, `${name}.gz`];
  return [checkpoint_dir, '.'].flatMap((folder) => names.map((each) => posix.join(folder, each)));
}

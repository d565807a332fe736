import { escapeName } from '../catalog/escape-name.ts';
import type { FileStatus } from '../files/file-identity.ts';
import type { Writing } from '../operations/write-run.ts';
import { listTrash } from '../trash/list-trash.ts';
import type { Target } from './choose-target.ts';

/** Whether what a save replaces waits in the trash until a person empties it, and what is worth saying of that. */
export interface PinnedTarget {
  stays: boolean;
  warnings: string[];
}

/**
 * A pin does not hold a save up, for training would stop: but what was pinned is not lost by it. Of one name that is so once: a training that
 * saves to it again and again would fill the disk.
 * @param old what has the version's name
 */
export async function judgePin(
  { disk, root }: Writing,
  { id, older }: Target,
  old: FileStatus | null,
  isPinned: (id: string) => boolean,
): Promise<PinnedTarget> {
  const replaced = [...(old ? [id] : []), ...(older === null ? [] : [older])];
  const pinned = replaced.find(isPinned);
  if (pinned === undefined) return { stays: false, warnings: [] };
  const { operations } = await listTrash(disk, root);
  const earlier = operations.find(
    ({ kind, automatic, versions }) => kind === 'save' && !automatic && versions.includes(id),
  );
  const waits = earlier
    ? `waits in the trash within its limits, as one before it waits there without: ${earlier.id}`
    : 'waits in the trash until somebody empties that';
  const warning = `${escapeName(pinned, 400)} is pinned, and this save replaced it: what it was ${waits}`;
  return { stays: !earlier, warnings: [warning] };
}

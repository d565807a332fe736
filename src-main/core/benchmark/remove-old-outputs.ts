import type { Disk } from '../files/disk.ts';

/** Whoever wants to know why a run failed has looked by then, in milliseconds. */
const keptFor = 30 * 24 * 3600_000;
const ownName = /^[0-9a-f]{16}\.std(?:out|err)$/;

/** Removes what evaluators printed long ago: each evaluator that is edited has outputs of its own. What cannot be removed stays. */
export async function removeOldOutputs(disk: Disk, folder: string, now = Date.now()): Promise<void> {
  for (const name of await disk.readdir(folder)) {
    const path = `${folder}/${name}`;
    const look = ownName.test(name) ? await disk.lookAt(path) : null;
    if (look?.type === 'file' && now - look.mtimeMs > keptFor) await disk.unlink(path).catch(() => undefined);
  }
}

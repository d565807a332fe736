import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { namesIn } from '../operations/discard-kept.ts';
import { isKept, type Operation, type Step, trashFolder } from '../operations/operation.ts';
import { readOperation } from '../operations/recover-run.ts';
import { assertNoLinks } from '../operations/run-folders.ts';

/** An operation that can be undone; `bytes` is what of it is still in the trash. */
export interface TrashedOperation extends Operation {
  files: string[];
}

/** What can be brought back, newest first; operations whose files are all gone are not listed. */
export async function listTrash(disk: Disk, root: string): Promise<TrashedOperation[]> {
  await assertNoLinks(disk, root, [`${trashFolder}/any`]);
  const names = (await namesIn(disk, `${root}/${trashFolder}`)).filter((name) => !name.startsWith('.'));
  const operations = await Promise.all(names.map((name) => readOne(disk, root, name)));
  return operations.flat().sort((a, b) => b.number - a.number || (a.at < b.at ? 1 : -1));
}

/** Where a step keeps a file in the trash; null when it keeps none there. */
function keptBy({ to, keep }: Step): string | null {
  return isKept(to) ? to : keep;
}

async function readOne(disk: Disk, root: string, name: string): Promise<TrashedOperation[]> {
  const manifest = `${root}/${trashFolder}/${name}/manifest.json`;
  if (!(await disk.lookAt(manifest))) return [];
  const operation = await readOperation(disk, manifest);
  if (operation.id !== name) throw notOfThisName(manifest, operation.id);
  const kept = operation.steps.flatMap((step) => keptBy(step) ?? []);
  const looks = await Promise.all(
    kept.map(async (path) => ({ path, look: await disk.lookAt(`${root}/${path}`) })),
  );
  const there = looks.flatMap(({ path, look }) => (look?.type === 'file' ? [{ path, size: look.size }] : []));
  if (there.length === 0 && !(await hasPlaced(disk, root, operation))) return [];
  const bytes = there.reduce((sum, { size }) => sum + size, 0);
  return [{ ...operation, bytes, files: there.map(({ path }) => path) }];
}

/** Whether a file that a restore made is still there: that can be taken back though nothing was replaced. */
async function hasPlaced(disk: Disk, root: string, { kind, steps }: Operation): Promise<boolean> {
  if (kind !== 'restore') return false;
  const made = steps.filter((step) => keptBy(step) === null);
  const looks = await Promise.all(made.map(({ to }) => disk.lookAt(`${root}/${to}`)));
  return made.some(({ inode }, index) => looks[index]?.ino === inode);
}

function notOfThisName(path: string, id: string): ModelManagerError {
  return new ModelManagerError(
    `${path} is the record of another operation, ${id} — it was copied or changed — move it away`,
    { path },
  );
}

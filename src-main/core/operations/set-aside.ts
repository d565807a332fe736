import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, ModelNotFoundError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { confirmDone } from './confirm-done.ts';
import { intentFolder, trashFolder } from './operation.ts';
import { readIntent } from './recover-run.ts';
import { assertNoLinks, makeFolder } from './run-folders.ts';

/**
 * Moves the damaged record of an interrupted operation to where the trash keeps that operation's files: from then on it is a
 * damaged operation like any other there, of which nothing is deleted by itself, and the run can be written to again. Whatever
 * names its files have keep them. The caller holds the run's lock.
 * @throws ModelNotFoundError where there is no such operation; ModelManagerError where its record is whole, or the trash has one
 */
export async function setAside(disk: Disk, root: string, id: string): Promise<void> {
  const name = `${id}.json`;
  await assertNoLinks(disk, root, [`${intentFolder}/any`, `${trashFolder}/any`]);
  if (!/^[\w-]+$/.test(id) || (await disk.lookAt(`${root}/${intentFolder}/${name}`)) === null)
    throw new ModelNotFoundError(
      `no interrupted operation “${escapeName(id)}” — nothing of that name is in ${intentFolder} — see cairn trash`,
    );
  if ((await isDamaged(disk, root, name)) === false)
    throw new ModelManagerError(
      `operation ${id} is not set aside — its record is whole — any command that writes to the run finishes it`,
    );
  const folder = `${trashFolder}/${id}`;
  const manifest = `${root}/${folder}/manifest.json`;
  if ((await disk.lookAt(manifest)) !== null)
    throw new ModelManagerError(
      `operation ${id} is not set aside — ${folder} has a record already — move ${intentFolder}/${name} out of the run by hand`,
    );
  await makeFolder(disk, root, folder);
  await disk.rename(`${root}/${intentFolder}/${name}`, manifest);
  const folders = [folder, intentFolder].map((path) => `${root}/${path}`);
  await confirmDone(disk, folders, `operation ${id} is set aside`);
}

async function isDamaged(disk: Disk, root: string, name: string): Promise<boolean> {
  return readIntent(disk, root, name).then(
    () => false,
    (error: unknown) => {
      if (error instanceof ModelManagerError) return true;
      throw error;
    },
  );
}

import type { Disk } from '../files/disk.ts';
import { namesIn } from '../files/names-in.ts';

/** Each file below a folder by its path from there, with its size in bytes, links not followed; none where the folder is gone. */
export async function filesBelow(disk: Disk, folder: string): Promise<{ path: string; size: number }[]> {
  const files: { path: string; size: number }[] = [];
  for (const name of await namesIn(disk, folder)) {
    const look = await disk.lookAt(`${folder}/${name}`);
    if (look?.type === 'folder')
      for (const { path, size } of await filesBelow(disk, `${folder}/${name}`))
        files.push({ path: `${name}/${path}`, size });
    else if (look) files.push({ path: name, size: look.size });
  }
  return files;
}

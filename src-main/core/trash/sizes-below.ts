import type { Disk } from '../files/disk.ts';
import { namesIn } from '../files/names-in.ts';

/** The size in bytes of each file below a folder, links not followed; none where the folder is gone. */
export async function sizesBelow(disk: Disk, folder: string): Promise<number[]> {
  const sizes: number[] = [];
  for (const name of await namesIn(disk, folder)) {
    const look = await disk.lookAt(`${folder}/${name}`);
    if (look?.type === 'folder') sizes.push(...(await sizesBelow(disk, `${folder}/${name}`)));
    else if (look) sizes.push(look.size);
  }
  return sizes;
}

import { readdir, readlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cairn } from './launch-cairn.ts';

/** A file that takes long to read and no room: nothing but a hole. */
export async function makeHuge(path: string, gibibytes = 4): Promise<void> {
  await writeFile(path, '');
  await truncate(path, gibibytes * 1024 ** 3);
}

/** The model files that the main process holds open; on Linux alone. */
export async function filesRead({ electron }: Cairn): Promise<string[]> {
  const folder = `/proc/${await electron.evaluate(() => process.pid)}/fd`;
  const links = (await readdir(folder)).map((name) => readlink(join(folder, name)).catch(() => ''));
  return (await Promise.all(links)).filter((path) => path.endsWith('.pt'));
}

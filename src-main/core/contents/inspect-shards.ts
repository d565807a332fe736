import { dirname, join } from 'node:path';
import { followToFile } from '../files/follow-to-file.ts';
import { Damage } from '../formats/damage.ts';
import { emptyContents } from '../formats/empty-contents.ts';
import { readShardedContents } from '../formats/safetensors/read-shards.ts';
import { openFileSource } from '../formats/source.ts';
import type { Inspection } from './inspect-file.ts';
import { readInThread } from './read-in-thread.ts';
import type { ReadingLimits } from './reading-limits.ts';

type OpenSource = Awaited<ReturnType<typeof openFileSource>>;

/** Whether a file lists the shards of a checkpoint, by the name that they all have. */
export function isShardIndex(path: string): boolean {
  return path.toLowerCase().endsWith('.safetensors.index.json');
}

/** Looks into all files that an index names, each in a thread of its own; the hub's cache has them as links, which are followed. @throws ModelManagerError where one cannot be read */
export async function inspectShards(path: string, limits?: ReadingLimits): Promise<Inspection> {
  const open: OpenSource[] = [];
  const close = async () => {
    for (const source of open) await source.close();
  };
  const openOne = async (file: string): Promise<OpenSource> => {
    const source = await openFileSource(file);
    open.push(source);
    return source;
  };
  let bytesRead = 0;
  const readShard = async (name: string) => {
    const file = await followToFile(join(dirname(path), name)).catch(() => null);
    if (file === null) return null;
    const reading = await readInThread(await openOne(file), limits);
    bytesRead += reading.bytesRead;
    return reading.contents;
  };
  try {
    const index = await openOne((await followToFile(path)) ?? path);
    const contents = await readShardedContents(index, readShard).catch(explainDamage);
    return { contents, fileSize: index.size, bytesRead: bytesRead + index.bytesRead, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function explainDamage(error: unknown) {
  if (error instanceof Damage) return emptyContents('sharded-safetensors', [error.message]);
  throw error;
}

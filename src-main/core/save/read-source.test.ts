import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { compress, openSource } from './read-source.ts';

const megabyte = Buffer.alloc(1 << 20, 7);

/** Reads a source to its end; `between` happens once its first bytes have been read. */
async function readAll(path: string, between: () => void = () => undefined): Promise<number> {
  const source = await openSource({ path });
  let size = 0;
  try {
    for await (const chunk of source.chunks) {
      if (size === 0) between();
      size += chunk.length;
    }
  } finally {
    await source.close();
  }
  return size;
}

test('a file is read whole, through a link too', async () => {
  const folder = temporaryFolder();
  const path = put(folder, 'w.pt', megabyte);
  symlinkSync(path, join(folder, 'link.pt'));
  expect(await readAll(path)).toBe(megabyte.length);
  expect(await readAll(join(folder, 'link.pt'))).toBe(megabyte.length);
});

test.each([
  ['grows', (path: string) => appendFileSync(path, 'more')],
  ['shrinks', (path: string) => truncateSync(path, 1000)],
  ['becomes another of its length', (path: string) => writeFileSync(path, Buffer.alloc(megabyte.length, 8))],
])('a file that %s while it is read is not taken for whole', async (_what, change) => {
  const path = put(temporaryFolder(), 'w.pt', megabyte);
  utimesSync(path, 1000, 1000);
  await expect(readAll(path, () => change(path))).rejects.toThrow(
    /changed while it was read — it is still being written — save it once it is whole$/,
  );
});

test('a file that vanishes while it is read was whole when it was opened, and is read to its end', async () => {
  const path = put(temporaryFolder(), 'w.pt', megabyte);
  expect(await readAll(path, () => rmSync(path))).toBe(megabyte.length);
});

test.each([
  ['nothing', () => undefined, 'it is not there'],
  ['a folder', (path: string) => void mkdirSync(path), 'it is not a regular file'],
  ['a pipe', (path: string) => void execFileSync('mkfifo', [path]), 'it is not a regular file'],
])('%s in its place is refused, in one line', async (_what, make, why) => {
  const path = join(temporaryFolder(), 'w.pt');
  make(path);
  await expect(readAll(path)).rejects.toThrow(
    `cannot save ${path} — ${why} — name the file that your training wrote`,
  );
});

test('packed bytes are those of the source, and what goes wrong with it is thrown to the reader, not at the process', async () => {
  const packed: Uint8Array[] = [];
  for await (const chunk of compress([megabyte])) packed.push(chunk);
  expect(gunzipSync(Buffer.concat(packed)).equals(megabyte)).toBe(true);
  async function* breakingOff() {
    yield megabyte;
    throw new Error('it broke off');
  }
  const read = async () => {
    for await (const chunk of compress(breakingOff())) expect(chunk.length).toBeGreaterThan(0);
  };
  await expect(read()).rejects.toThrow('it broke off');
});

test.each(['grows', 'shrinks'])(
  'a file that %s is not taken for whole when it is packed on the way either',
  async (what) => {
    const path = put(temporaryFolder(), 'w.pt', megabyte);
    const source = await openSource({ path });
    async function* changing() {
      for await (const chunk of source.chunks) {
        if (what === 'grows') appendFileSync(path, 'more');
        else truncateSync(path, 1000);
        yield chunk;
      }
    }
    const read = async () => {
      for await (const chunk of compress(changing())) expect(chunk.length).toBeGreaterThan(0);
    };
    await expect(read()).rejects.toThrow('changed while it was read');
    await source.close();
  },
);

test('a file that the disk opens, and can say nothing of, is refused and left open by nobody', async () => {
  const path = put(temporaryFolder(), 'w.pt', megabyte);
  const stat = await failingStat(path);
  await expect(openSource({ path })).rejects.toThrow(
    /cannot save .* — the disk reports a read error — try again/,
  );
  await expect(realDisk.open(path)).rejects.toThrow('EIO');
  expect(stat).toHaveBeenCalledTimes(2);
  expect(openPaths()).not.toContain(path);
});

/** Whatever file it is of. */
async function failingStat(path: string) {
  const file = await open(path);
  await file.close();
  onTestFinished(() => void vi.restoreAllMocks());
  const failure = Object.assign(new Error('EIO: i/o error, fstat'), { code: 'EIO', syscall: 'fstat' });
  const stat = vi.spyOn(Object.getPrototypeOf(file) as FileHandle, 'stat').mockRejectedValue(failure);
  return stat;
}

/** What this process has open, where the system tells. */
function openPaths(): string[] {
  const folder = '/proc/self/fd';
  return readdirSync(folder).flatMap((fd) => {
    try {
      return [readlinkSync(join(folder, fd))];
    } catch {
      return [];
    }
  });
}

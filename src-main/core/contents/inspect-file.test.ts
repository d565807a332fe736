import { readdirSync, readFileSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { pickle } from '../formats/fixtures/write-torch.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { usualLimits } from '../workers/worker-limits.ts';
import { inspectFile, whileUnchanged } from './inspect-file.ts';
import { FileChangedError } from './open-files.ts';
import { ReadingThread } from './read-in-thread.ts';

const formats = join(import.meta.dirname, '../../../e2e/fixtures/formats');
const fixture = (name: string) => join(formats, name);

test.each(['plain.pt', 'sb3.zip', 'legacy_views.pt', 'arrays_2.pkl', 'arrays_5.pkl'])(
  '%s is found the same in a thread of its own, with elements that can be read from here',
  async (name) => {
    const inspection = await inspectFile(fixture(name));
    const { tensors, ...told } = inspection.contents;
    const { pickled: _, ...here } = await readContents(bufferSource(name, readFileSync(fixture(name))));
    expect(told).toEqual({ ...told, ...here, tensors: undefined });
    for (const [index, tensor] of tensors.entries()) {
      const same = here.tensors[index]?.data ?? expect.unreachable();
      const data = tensor.data ?? expect.unreachable();
      expect(await data.source.read(data.start, data.length)).toEqual(
        await same.source.read(same.start, same.length),
      );
    }
    await inspection.close();
  },
);

const hungry = (): string => put(temporaryFolder(), 'hungry.pkl', pickle('(', ']'.repeat(2e6), 't'));

test('a file that needs more memory than it may costs its thread and no more', async () => {
  const { contents, close } = await inspectFile(hungry(), { memory: 8, time: 60_000 });
  await close();
  expect(contents.problems).toEqual(['reading it took more memory than it may and was stopped']);
});

test('a file in which the HDF5 library never comes to an end is stopped, and the next one is read', async () => {
  const folder = join(formats, '../hdf5');
  const { contents, close } = await inspectFile(join(folder, 'hangs.keras'), { memory: 512, time: 1000 });
  await close();
  expect(contents.problems).toEqual(['reading it took more than 1 s and was stopped']);
  const next = await inspectFile(join(folder, 'policy.keras'));
  expect(next.contents.problems).toEqual([]);
  await next.close();
});

test('where more files are due they are read in one thread, unless one has cost it', async () => {
  const threads = () => readdirSync('/proc/self/task').length;
  const reading = (memory: number) => {
    const thread = new ReadingThread();
    const look = async (path: string) => {
      const { contents, close } = await inspectFile(path, { memory, time: 60_000, thread });
      await close();
      return contents.problems;
    };
    return { look, close: () => thread.close() };
  };
  const usual = reading(usualLimits.memory);
  await usual.look(fixture('plain.pt'));
  const running = threads();
  for (const name of ['sb3.zip', 'legacy_views.pt', 'plain.pt']) {
    expect(await usual.look(fixture(name))).toEqual([]);
    expect(threads()).toBe(running);
  }
  await usual.close();
  expect(threads()).toBeLessThan(running);
  const small = reading(8);
  expect(await small.look(hungry())).toEqual(['reading it took more memory than it may and was stopped']);
  expect(await small.look(fixture('plain.pt'))).toEqual([]);
  await small.close();
});

test('a thread that ends while it waits for the next file is not asked it', async () => {
  const thread = new ReadingThread();
  const limits = { ...usualLimits, thread };
  await (await inspectFile(fixture('plain.pt'), limits)).close();
  const worker = thread.take(limits.memory);
  thread.keep(worker);
  await worker.terminate();
  const { contents, close } = await inspectFile(fixture('sb3.zip'), limits);
  expect(contents.problems).toEqual([]);
  await close();
  await thread.close();
});

test('a file that needs more time than it may is stopped', async () => {
  const { contents, close } = await inspectFile(hungry(), { memory: 512, time: 1 });
  await close();
  expect(contents.problems).toEqual(['reading it took more than 0.001 s and was stopped']);
});

test('a folder is not opened, and what is not there is a wrong call', async () => {
  const folder = temporaryFolder();
  expect(await inspectFile(folder)).toMatchObject({ fileSize: null, bytesRead: 0 });
  await expect(inspectFile(join(folder, 'none.pt'))).rejects.toMatchObject({ code: 'Usage' });
});

/** Large enough that reading it takes long; the link in /proc tells when it is open. */
async function whenOpen(path: string): Promise<void> {
  const isOpen = () =>
    readdirSync('/proc/self/fd').some((fd) => {
      try {
        return readlinkSync(join('/proc/self/fd', fd)) === path;
      } catch {
        return false;
      }
    });
  while (!isOpen()) await setTimeout(1);
}

test('a file that is renamed over while it is read is told, and nothing of it', async () => {
  const path = hungry();
  const inspected = inspectFile(path);
  inspected.catch(() => undefined);
  await whenOpen(path);
  renameSync(put(temporaryFolder(), 'other.pkl', pickle('N')), path);
  await expect(inspected).rejects.toThrow(FileChangedError);
});

test('work on a file that is written anew meanwhile gives nothing, whether it fails or not', async () => {
  const path = put(temporaryFolder(), 'a.pkl', pickle('N'));
  const inspection = await inspectFile(path);
  const work = async () => writeFileSync(path, pickle('K\x01'));
  await expect(whileUnchanged(inspection, work)).rejects.toThrow(FileChangedError);
  const failing = async () => expect.unreachable();
  await expect(whileUnchanged(inspection, failing)).rejects.toThrow(FileChangedError);
  await inspection.close();
});

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { adoptFolder } from './adopt-folder.ts';
import { AlreadyAdopted } from './adopted-checksums.ts';

const soon = { timeout: 15_000, interval: 50 };

/** Watches a folder for a run in the way of a process of its own. */
function watchAs(run: string, folder: string) {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  const stop = new AbortController();
  const told = { saved: [] as string[], failed: [] as string[], watching: [] as string[] };
  const ended = adoptFolder(manager, folder, {
    kind: 'best',
    request: { reward: Number.NaN },
    signal: stop.signal,
    onWatching: () => void told.watching.push(folder),
    onSaved: ({ id }) => void told.saved.push(id),
    onFailed: (from, error) => void told.failed.push(`${from}: ${error}`),
  });
  const end = async () => {
    stop.abort();
    await ended;
  };
  onTestFinished(async () => {
    await end();
    manager.close();
  });
  return { manager, told, end };
}

const linesOf = (manager: ModelManager) =>
  manager.log().map(({ command, result }) => `${command}: ${result}`);

test('of two who watch one folder for one run, each file is adopted by one', async () => {
  const [run, folder] = [temporaryFolder(), temporaryFolder()];
  const both = [watchAs(run, folder), watchAs(run, folder)];
  for (const value of [1, 2, 3, 4, 5]) put(folder, `model-${value}.pt`, writeTorchZip([value]));
  const saved = () => both.flatMap(({ told }) => told.saved);
  await vi.waitFor(() => expect(saved()).toHaveLength(5), soon);
  put(folder, 'last.pt', writeTorchZip([6]));
  await vi.waitFor(() => expect(saved()).toHaveLength(6), soon);
  const fresh = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  await fresh.look();
  expect(fresh.versions()).toHaveLength(6);
  expect(both.flatMap(({ told }) => told.failed)).toEqual([]);
  expect(both.map(({ told }) => told.watching)).toEqual([[folder], [folder]]);
  expect(linesOf(fresh)).toEqual(Array.from({ length: 6 }, () => 'save: done'));
  fresh.close();
});

test('bytes that were adopted meanwhile are not saved, and nothing comes of it', async () => {
  const [run, folder] = [temporaryFolder(), temporaryFolder()];
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  const path = put(folder, 'a.pt', writeTorchZip([1]));
  const adopts = { checksum: 'ab', from: 'a.pt' };
  const saved = await manager.saveCheckpoint({ source: { path }, reward: 1, name: 'a.pt', adopts });
  const before = readFileSync(join(run, saved.id));
  put(folder, 'a.pt', writeTorchZip([2]));
  const again = manager.saveCheckpoint({ source: { path }, reward: 2, name: 'a.pt', adopts });
  await expect(again).rejects.toBeInstanceOf(AlreadyAdopted);
  expect(readFileSync(join(run, saved.id))).toEqual(before);
  expect(linesOf(manager)).toEqual(['save: done']);
});

test('a file that was saved by a process that was killed before it noted that is not saved again', async () => {
  const [run, folder] = [temporaryFolder(), temporaryFolder()];
  put(folder, 'a.pt', writeTorchZip([1]));
  const first = watchAs(run, folder);
  await vi.waitFor(() => expect(first.told.saved).toHaveLength(1), soon);
  await first.end();
  const note = join(run, '.cairn/adopted.jsonl');
  const noted = () =>
    readFileSync(note, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).from);
  rmSync(note);
  const next = watchAs(run, folder);
  put(folder, 'b.pt', writeTorchZip([2]));
  await vi.waitFor(() => expect(next.told.saved).toHaveLength(1), soon);
  await vi.waitFor(() => expect(noted().toSorted()).toEqual(['a.pt', 'b.pt']), soon);
  expect(next.told.failed).toEqual([]);
  expect(linesOf(next.manager)).toEqual(['save: done', 'save: done']);
});

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { knownOperations } from './known-operations.ts';
import { readTrashRecords } from './read-trash-records.ts';

/** A run of which three models went to the trash, one by one. */
async function trashedRun() {
  const root = temporaryFolder();
  const ids = [1, 2, 3].map((version) => saveModel(root, version));
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  for (const id of ids) await manager.moveToTrash([id]);
  // By another program that knows nothing yet.
  await knownOperations({ ...realDisk }, root);
  return { root, index: join(root, '.cairn/trash-index.jsonl') };
}

/** What another program knows, and how many records it opened for that. */
async function ask(root: string) {
  const disk = new FaultDisk(realDisk);
  const { operations, unknown } = await knownOperations(disk, root);
  const opened = disk.calls.filter((call) => call.startsWith('open ')).length;
  return { known: operations.toSorted((a, b) => a.number - b.number), unknown, opened };
}

test('what is known of the trash is what its records say, and none of them is opened again', async () => {
  const { root } = await trashedRun();
  const { operations } = await readTrashRecords(realDisk, root);
  const { known, opened } = await ask(root);
  expect(known.map(({ number }) => number)).toEqual(
    operations.map(({ number }) => number).sort((a, b) => a - b),
  );
  expect(opened).toBe(0);
});

test('whatever bit of it flips, and wherever it is cut, what is known is what the records say', async () => {
  const { root, index } = await trashedRun();
  const { known } = await ask(root);
  const text = readFileSync(index);
  for (let at = 0; at < text.length; at += 7) {
    const flipped = Buffer.from(text);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
    for (const damaged of [flipped, text.subarray(0, at)]) {
      writeFileSync(index, damaged);
      expect((await ask(root)).known, `at ${at}`).toEqual(known);
    }
  }
});

test('without it the records are read, and it is made again', async () => {
  const { root, index } = await trashedRun();
  const { known } = await ask(root);
  rmSync(index);
  expect(await ask(root)).toEqual({ known, unknown: [], opened: 3 });
  expect(existsSync(index)).toBe(true);
});

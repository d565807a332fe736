import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { addSeals } from './add-seals.ts';
import { parseChecksumList } from './checksum-list.ts';

const id = 'checkpoints/checkpoint.pt';

function open(): ModelManager {
  const config = { save_metadata: false };
  const manager = new ModelManager(temporaryFolder(), { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  return manager;
}

function save(manager: ModelManager, elements: number) {
  const bytes = writeTorchZip([elements]);
  return manager.saveCheckpoint({ source: { chunks: [bytes], size: bytes.length }, reward: 1 });
}

async function stateOf(manager: ModelManager): Promise<string | undefined> {
  await manager.look();
  await manager.verify(null, () => undefined);
  return manager.version(id)?.integrity.state;
}

test('lines that are there stay, one without its end gets it, and odd names are escaped as GNU does', async () => {
  const run = temporaryFolder();
  put(run, 'SHA256SUMS', `${'a'.repeat(64)}  old.pt`);
  await addSeals(realDisk, run, [{ id: 'a\\b\nc.pt', checksum: 'b'.repeat(64) }]);
  const { checksums, problems } = parseChecksumList(readFileSync(join(run, 'SHA256SUMS'), 'utf8'));
  expect([...checksums]).toEqual([
    ['old.pt', 'a'.repeat(64)],
    ['a\\b\nc.pt', 'b'.repeat(64)],
  ]);
  expect(problems).toEqual([]);
});

test('what an undo brings back is verified by the checksum it had', async () => {
  const manager = open();
  await save(manager, 4);
  await save(manager, 40);
  await manager.undo();
  expect(await stateOf(manager)).toBe('verified');
});

test('what a restore brings back is verified by the checksum it had', async () => {
  const manager = open();
  await save(manager, 4);
  const { manifest } = await manager.backups.create(new Set([id]));
  await save(manager, 40);
  await manager.backups.restore(manifest.id, null);
  expect(await stateOf(manager)).toBe('verified');
});

test('bytes that were damaged while they lay in the trash are not taken for good', async () => {
  const manager = open();
  await save(manager, 4);
  const operation = await manager.moveToTrash([id]);
  put(manager.root, `.cairn/trash/${operation}/files/${id}`, writeTorchZip([7]));
  await manager.undo().catch(() => undefined);
  expect(['mismatch', undefined]).toContain(await stateOf(manager));
});

/** Does something while sealing has read the files, and has put nothing on record. */
function whenRead(manager: ModelManager, act: () => unknown): void {
  const verify = manager.verify.bind(manager);
  manager.verify = async (...args) => {
    await verify(...args);
    await act();
  };
}

test('while sealing reads, others write', async () => {
  const run = temporaryFolder();
  put(run, id, writeTorchZip([4]));
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  const other = new ModelManager(run, { appData: temporaryFolder(), wait: 0 });
  onTestFinished(() => {
    manager.close();
    other.close();
  });
  const bytes = writeTorchZip([9]);
  whenRead(manager, () =>
    other.saveBestModel({ source: { chunks: [bytes], size: bytes.length }, reward: 1 }),
  );
  expect((await manager.seal()).map((seal) => seal.id)).toEqual([id]);
});

test('a file that the list has two checksums of gets no third, and what to do is said', async () => {
  const run = temporaryFolder();
  const list = [1, 2].map((digit) => `${String(digit).repeat(64)}  ${id}\n`).join('');
  put(run, 'SHA256SUMS', list);
  put(run, id, writeTorchZip([4]));
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  const skipped: { id: string; why: string }[] = [];
  expect(await manager.seal({ onSkipped: (each) => skipped.push(each) })).toEqual([]);
  const why = `SHA256SUMS has several checksums of ${id}: delete the lines that are wrong`;
  expect(skipped).toEqual([{ id, why }]);
  expect(readFileSync(join(run, 'SHA256SUMS'), 'utf8')).toBe(list);
});

test.each([
  ['was written to', (run: string) => put(run, id, writeTorchZip([5]))],
  ['is gone', (run: string) => rmSync(join(run, id))],
  [
    'got two checksums',
    (run: string) => put(run, 'SHA256SUMS', `${'a'.repeat(64)}  ${id}\n${'b'.repeat(64)}  ${id}\n`),
  ],
  ['got a checksum', (run: string) => put(run, 'SHA256SUMS', `${'a'.repeat(64)}  ${id}\n`)],
])('a file that %s since it was read gets no checksum, and that is said', async (_, act) => {
  const run = temporaryFolder();
  put(run, id, writeTorchZip([4]));
  const other = put(run, 'checkpoints/other.pt', writeTorchZip([4])).slice(run.length + 1);
  const notices: string[] = [];
  const onNotice = (notice: string) => void notices.push(notice);
  const manager = new ModelManager(run, { appData: temporaryFolder(), onNotice });
  onTestFinished(() => manager.close());
  whenRead(manager, () => act(run));
  expect((await manager.seal()).map((seal) => seal.id)).toEqual([other]);
  expect(notices).toEqual([
    `${id} was not sealed — it changed while it was read, or has a checksum by now — seal again`,
  ]);
  expect(readFileSync(join(run, 'SHA256SUMS'), 'utf8')).toContain(other);
});

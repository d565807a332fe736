import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { keptPath } from '../operations/operation.ts';

async function open(run: string, options: Partial<ConstructorParameters<typeof ModelManager>[1]> = {}) {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {}, ...options });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

test('what was copied back by hand, and is written to before the undo ends, stays in the trash as it was', async () => {
  const run = temporaryFolder();
  const [a = '', b = ''] = [1, 2].map((number) => saveModel(run, number));
  const disk = new FaultDisk(realDisk);
  const manager = await open(run, { disk });
  const operation = await manager.moveToTrash([a, b]);
  const kept = join(run, keptPath(operation, a));
  const bytes = readFileSync(kept);
  for (const name of [a, a.replace('.pt', '.json')])
    cpSync(join(run, keptPath(operation, name)), join(run, name));
  disk.before = (call) => {
    if (!/^(link|rename)/.test(call) || !call.includes(b)) return;
    disk.before = () => undefined;
    writeFileSync(join(run, a), 'a training wrote here');
  };
  await manager.undo(operation);
  expect(readFileSync(join(run, a), 'utf8')).toBe('a training wrote here');
  expect(readFileSync(kept)).toEqual(bytes);
});

test('a copy that settles an undo is on the medium before the one in the trash goes', async () => {
  const run = temporaryFolder();
  const id = saveModel(run, 1);
  const disk = new FaultDisk(realDisk);
  const manager = await open(run, { disk });
  const operation = await manager.moveToTrash([id]);
  cpSync(join(run, keptPath(operation, id)), join(run, id));
  disk.calls.length = 0;
  await manager.undo(operation);
  const { calls } = disk;
  const synced = calls.findLastIndex(
    (call, at) => call === 'sync' && calls[at - 1] === `open ${join(run, id)}`,
  );
  expect(synced).toBeGreaterThan(-1);
  expect(calls.findIndex((call) => call.startsWith('rename') && call.endsWith('.deleted'))).toBeGreaterThan(
    synced,
  );
});

test('a copy that settles an undo has its checksum on record again', async () => {
  const run = temporaryFolder();
  const manager = await open(run, { config: { save_metadata: false } });
  const save = (seed: number, reward: number) => {
    const bytes = writeTorchZip([seed]);
    return manager.saveBestModel({ source: { chunks: [bytes], size: bytes.length }, reward });
  };
  const { id } = await save(4, 1);
  await save(5, 2);
  const listed = () => readFileSync(join(run, 'SHA256SUMS'), 'utf8').split('\n').sort();
  const before = listed();
  const operation = await manager.moveToTrash([id]);
  cpSync(join(run, keptPath(operation, id)), join(run, id));
  await manager.undo(operation);
  expect(listed()).toEqual(before);
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { saveModel, sha256 } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';

function open(run: string, config: Partial<StorageConfig> = {}): ModelManager {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  return manager;
}

function save(manager: ModelManager, bytes: Uint8Array, reward: number) {
  return manager.saveBestModel({ source: { chunks: [bytes], size: bytes.length }, reward });
}

const noise = Buffer.from('not a model, but a text\n');
const told = /^of no format that Cairn knows, though its bytes are as saved: text, not a checkpoint/;

test.each([{}, { atomic_saves: false }])(
  'a text that is saved is verified, and its row says for good that it is no checkpoint that Cairn knows: %j',
  async (config) => {
    const run = temporaryFolder();
    const manager = open(run, config);
    const { id } = await save(manager, noise, 99);
    const again = open(run);
    await again.look();
    for (const each of [manager, again]) {
      expect(each.version(id)).toMatchObject({
        integrity: { state: 'verified', detail: expect.stringMatching(told) },
      });
      expect(each.row(id)?.problems).toEqual([expect.stringMatching(told)]);
      expect(each.textOf(each.listed(id)!)).toContain('of no format that Cairn knows');
    }
    await again.verify([id], () => undefined);
    expect(again.version(id)?.problems).toEqual([expect.stringMatching(told)]);
  },
);

test('among checkpoints a text that is saved takes the place of none, and goes by no rule', async () => {
  const run = temporaryFolder();
  const manager = open(run, { max_best_models: 2 });
  const ids = [];
  for (const reward of [1, 2]) ids.push((await save(manager, writeTorchZip([reward]), reward)).id);
  const text = await save(manager, noise, 99);
  expect(text.pruned).toEqual([]);
  ids.push((await save(manager, writeTorchZip([3]), 3)).id);
  const left = [...ids, text.id].filter((id) => existsSync(join(run, id)));
  expect(left).toEqual([ids[1], ids[2], text.id]);
});

test('a run of a format of its own is ranked and pruned as any other', async () => {
  const run = temporaryFolder();
  const manager = open(run, { max_best_models: 2 });
  const ids = [];
  for (const reward of [3, 1, 2, 4])
    ids.push((await save(manager, Buffer.from(`own format ${reward}`), reward)).id);
  expect(ids.filter((id) => existsSync(join(run, id)))).toEqual([ids[0], ids[3]]);
  expect((await manager.best()).id).toBe(ids[3]);
});

test('what an earlier Cairn verified, which did not remember its format, makes nothing of its run odd', async () => {
  const run = temporaryFolder();
  const before = open(run, { max_best_models: 2 });
  const ids = [];
  for (const reward of [1, 2]) ids.push((await save(before, Buffer.from(`own format ${reward}`), reward)).id);
  const log = join(run, '.cairn/verifications.jsonl');
  const forgotten = readFileSync(log, 'utf8')
    .replaceAll(',"recognised":false', '')
    .replaceAll(/"detail":"of no format[^}]*?",/g, '"detail":null,');
  expect(forgotten).not.toContain('format');
  writeFileSync(log, forgotten);
  const after = open(run, { max_best_models: 2 });
  ids.push((await save(after, Buffer.from('own format 3'), 3)).id);
  expect(ids.filter((id) => existsSync(join(run, id)))).toEqual(ids.slice(1));
});

test('a look alone tells it too, where a checksum is on record', async () => {
  const run = temporaryFolder();
  const id = saveModel(run, 1, { sidecar: { checksum: sha256(noise), file_size_bytes: noise.length } });
  put(run, id, noise);
  const manager = open(run);
  await manager.look();
  await manager.checkStructures();
  expect(manager.version(id)).toMatchObject({
    integrity: { state: 'unverified' },
    problems: [expect.stringMatching(/^of no format that Cairn knows: text, not a checkpoint/)],
  });
});

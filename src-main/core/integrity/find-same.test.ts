import { cpSync, linkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

const fixture = join(import.meta.dirname, '../../../e2e/fixtures/layouts/lightning_logs/version_0');
const last = 'checkpoints/last.ckpt';

async function openCopy(): Promise<{ run: string; manager: ModelManager }> {
  const run = join(temporaryFolder(), 'run');
  cpSync(fixture, run, { recursive: true });
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return { run, manager };
}

test('a copy under another name is told, both ways, and a file of the same size is none', async () => {
  const { run, manager } = await openCopy();
  const original = 'checkpoints/epoch=3-step=40-val_loss=1e-05.ckpt';
  expect(await manager.sameAs(last)).toEqual([original]);
  expect(await manager.sameAs(original)).toEqual([last]);
  expect(await manager.sameAs('checkpoints/hpc_ckpt_1.ckpt')).toEqual([]);
  writeFileSync(join(run, last), Buffer.alloc(2684, 1));
  await manager.look();
  expect(await manager.sameAs(last)).toEqual([]);
});

test('of very many files of one size a bounded number is read', async () => {
  const run = temporaryFolder();
  const names = Array.from({ length: 260 }, (_, index) => `model_${index}.pt`);
  for (const name of names) writeFileSync(join(run, name), 'the same');
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  expect(await manager.sameAs('model_0.pt')).toHaveLength(200);
});

test('one file under two names is told however large it is, without a byte of it read', async () => {
  const run = temporaryFolder();
  const file = join(run, 'checkpoint-5.pth.tar');
  writeFileSync(file, '');
  truncateSync(file, 2 * 1024 ** 3);
  linkSync(file, join(run, 'last.pth.tar'));
  writeFileSync(join(run, 'other.pth.tar'), '');
  truncateSync(join(run, 'other.pth.tar'), 2 * 1024 ** 3);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  expect(await manager.sameAs('last.pth.tar')).toEqual(['checkpoint-5.pth.tar']);
});

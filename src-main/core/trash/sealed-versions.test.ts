import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';

const folder = 'checkpoint-5/model.zip';
const list = 'SHA256SUMS';

/** A sealed run of three files without sidecars, and one version that is a folder. */
async function sealedRun(): Promise<{ manager: ModelManager; before: string }> {
  const root = temporaryFolder();
  for (const name of ['a.pt', 'b.pt', 'c.pt', folder, 'checkpoint-5/inner/d.pt'])
    put(root, name, writeTorchZip([name.length]));
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.seal();
  return { manager, before: readFileSync(join(root, list), 'utf8') };
}

/** What coreutils say of the list, which names every file that is not as it says. */
function check({ root }: ModelManager): string {
  return execFileSync('sha256sum', ['-c', '--quiet', list], { cwd: root, encoding: 'utf8' });
}

test('what lists the checksums of a sealed run holds after versions went to the trash, and after they came back', async () => {
  const { manager, before } = await sealedRun();
  const first = await manager.moveToTrash(['b.pt']);
  const second = await manager.moveToTrash([folder]);
  expect(check(manager)).toBe('');
  expect(readFileSync(join(manager.root, list), 'utf8')).not.toMatch(/b\.pt|checkpoint-5/);
  await manager.undo(first);
  expect(check(manager)).toBe('');
  expect(readFileSync(join(manager.root, list), 'utf8')).toContain('b.pt');
  await manager.undo(second);
  expect(readFileSync(join(manager.root, list), 'utf8').split('\n').sort()).toEqual(
    before.split('\n').sort(),
  );
  await manager.look();
  await manager.verify(null, () => undefined);
  expect(manager.versions().map(({ integrity }) => integrity.state)).toEqual(Array(4).fill('verified'));
});

test('undone at once, the list is what it was to the byte', async () => {
  const { manager, before } = await sealedRun();
  await manager.moveToTrash(['b.pt', folder]);
  await manager.undo();
  expect(readFileSync(join(manager.root, list), 'utf8')).toBe(before);
});

test('a list of which nothing is left goes, and comes back', async () => {
  const { manager, before } = await sealedRun();
  await manager.moveToTrash(['a.pt', 'b.pt', 'c.pt', folder]);
  expect(existsSync(join(manager.root, list))).toBe(false);
  await manager.undo();
  expect(readFileSync(join(manager.root, list), 'utf8')).toBe(before);
});

test('a folder that goes as one takes its lines along', async () => {
  const { manager, before } = await sealedRun();
  symlinkSync('inner', join(manager.root, 'checkpoint-5/link'));
  await manager.moveToTrash([folder]);
  expect(check(manager)).toBe('');
  await manager.undo();
  expect(readFileSync(join(manager.root, list), 'utf8')).toBe(before);
});

test('what was listed while a version was in the trash stays listed', async () => {
  const { manager } = await sealedRun();
  await manager.moveToTrash(['b.pt']);
  put(manager.root, 'e.pt', writeTorchZip([9]));
  await manager.seal();
  await manager.undo();
  expect(check(manager)).toBe('');
  expect(readFileSync(join(manager.root, list), 'utf8')).toMatch(/b\.pt.*e\.pt|e\.pt.*b\.pt/s);
});

test('where something else has the name of the list, versions are moved all the same', async () => {
  const root = temporaryFolder();
  const model = saveModel(root, 1);
  mkdirSync(join(root, list));
  const manager = new ModelManager(root, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.moveToTrash([model]);
  expect(existsSync(join(root, model))).toBe(false);
  rmSync(join(root, list), { recursive: true });
  await manager.undo();
  expect(existsSync(join(root, model))).toBe(true);
});

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { interruptedRuns, interruptible } from './interrupted-run.fixture.ts';
import { intentFolder, trashFolder } from './operation.ts';
import { setAside } from './set-aside.ts';

/** The checksums of all models that have a name a person may know, or wait in the trash. */
function modelsIn(root: string): Set<string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const models = names.filter(
    (name) => /\.pt(?:\.backup)?$/.test(name) && statSync(join(root, name)).isFile(),
  );
  return new Set(models.map((name) => sha256(readFileSync(join(root, name)))));
}

function open(root: string): ModelManager {
  const manager = new ModelManager(root, { appData: temporaryFolder(), wait: 0 });
  onTestFinished(() => manager.close());
  return manager;
}

const save = (manager: ModelManager) => {
  const bytes = writeTorchZip([77]);
  return manager.saveCheckpoint({
    source: { chunks: [bytes], size: bytes.length },
    reward: 1,
    name: 'other.pt',
  });
};

const intentsIn = (root: string) =>
  existsSync(join(root, intentFolder))
    ? readdirSync(join(root, intentFolder)).filter((name) => name.endsWith('.json'))
    : [];

test.each(interruptible)(
  'where the record of %s that was interrupted is damaged, nothing is written until it is set aside, and no model is lost',
  async (_what, before, work) => {
    let met = 0;
    for await (const { root } of interruptedRuns(before, work)) {
      const [name] = intentsIn(root);
      if (name === undefined) continue;
      met += 1;
      const path = join(root, intentFolder, name);
      writeFileSync(path, readFileSync(path, 'utf8').slice(0, -9));
      const models = modelsIn(root);
      const id = name.slice(0, -'.json'.length);
      const manager = open(root);
      await expect(save(manager)).rejects.toThrow(`cairn trash --set-aside=${id} ${root}`);
      await manager.setAside(id);
      expect(intentsIn(root)).toEqual([]);
      expect((await manager.listTrash()).problems).toContainEqual(
        expect.objectContaining({ path: `${trashFolder}/${id}` }),
      );
      await save(manager);
      expect([...modelsIn(root)]).toEqual(expect.arrayContaining([...models]));
      expect(manager.log().map(({ command }) => command)).toContain('set aside');
      if (met === 4) return;
    }
    expect(met).toBeGreaterThan(0);
  },
  60_000,
);

test('what is whole is not set aside, and what is not there is said', async () => {
  const [, before, work] = interruptible[0] ?? ['', [], async () => undefined];
  for await (const { root } of interruptedRuns(before, work)) {
    const [name] = intentsIn(root);
    if (name === undefined) continue;
    const manager = open(root);
    await expect(manager.setAside(name.slice(0, -'.json'.length))).rejects.toThrow(
      'its record is whole — any command that writes to the run finishes it',
    );
    expect(intentsIn(root)).toEqual([name]);
    for (const other of ['other', '../lock', ''])
      await expect(manager.setAside(other)).rejects.toThrow('no interrupted operation');
    return;
  }
});

test('a record that the trash has already is never replaced by a damaged one', async () => {
  const [, before, work] = interruptible[0] ?? ['', [], async () => undefined];
  for await (const { root } of interruptedRuns(before, work)) {
    const [name] = intentsIn(root);
    if (name === undefined) continue;
    const id = name.slice(0, -'.json'.length);
    writeFileSync(join(root, intentFolder, name), '{');
    mkdirSync(join(root, trashFolder, id), { recursive: true });
    const manifest = join(root, trashFolder, id, 'manifest.json');
    writeFileSync(manifest, 'whole');
    await expect(open(root).setAside(id)).rejects.toThrow('has a record already — move');
    expect(readFileSync(manifest, 'utf8')).toBe('whole');
    expect(intentsIn(root)).toEqual([name]);
    return;
  }
  expect.unreachable('an interrupted run has a record');
});

test('Told to be done means durable: a record whose new place the disk does not confirm is told to be set aside, and that it may not last', async () => {
  const [, before, work] = interruptible[0] ?? ['', [], async () => undefined];
  for await (const { root } of interruptedRuns(before, work)) {
    const [name] = intentsIn(root);
    if (name === undefined) continue;
    writeFileSync(join(root, intentFolder, name), '{');
    const id = name.slice(0, -'.json'.length);
    for (const folder of [join(trashFolder, id), intentFolder]) {
      const disk = new FaultDisk(realDisk);
      let isPlaced = false;
      disk.before = (call) => {
        isPlaced ||= call.startsWith('rename');
        if (isPlaced && call === `syncFolder ${root}/${folder}`)
          throw Object.assign(new Error('EIO'), { code: 'EIO' });
      };
      await expect(setAside(disk, root, id)).rejects.toThrow(
        `it is uncertain whether this lasts — operation ${id} is set aside`,
      );
      renameSync(join(root, trashFolder, id, 'manifest.json'), join(root, intentFolder, name));
    }
    return;
  }
  expect.unreachable('an interrupted run has a record');
});

import { cpSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Integrity } from '../../../shared/model/integrity.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

const written = join(import.meta.dirname, '../../../e2e/fixtures/layouts/huggingface');
const id = 'checkpoint-500/model.safetensors';
const inFolder = [
  'config.json',
  'model.safetensors',
  'optimizer.pt',
  'rng_state.pth',
  'scheduler.pt',
  'trainer_state.json',
];

/** A run with one version that is a folder, not touched of late. */
function newRun(): string {
  const run = join(temporaryFolder(), 'run');
  cpSync(join(written, 'checkpoint-500'), join(run, 'checkpoint-500'), { recursive: true });
  for (const name of inFolder) utimesSync(join(run, 'checkpoint-500', name), 1000, 1000);
  return run;
}

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

async function verify(run: string): Promise<Integrity | undefined> {
  const manager = await open(run);
  await manager.verify(null, () => undefined);
  return manager.version(id)?.integrity;
}

/** Other bytes under the same size and time. */
function rot(path: string): void {
  const { mtime } = statSync(path);
  const bytes = readFileSync(path);
  const at = bytes.indexOf('last_epoch') + 2;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  utimesSync(path, mtime, mtime);
}

test('sealing lists every file of a folder that is a version, and it is verified when all of them are what is listed', async () => {
  const run = newRun();
  expect(await verify(run)).toMatchObject({ state: 'unsealed', detail: null });
  const seals = await (await open(run)).seal();
  const listed = readFileSync(join(run, 'SHA256SUMS'), 'utf8').split('\n');
  expect(listed.map((line) => line.slice(66))).toEqual([
    ...inFolder.map((name) => `checkpoint-500/${name}`).sort(),
    '',
  ]);
  expect(seals).toHaveLength(inFolder.length);
  const integrity = await verify(run);
  expect(integrity).toMatchObject({ state: 'verified', cause: null });
  expect(integrity?.expected).toBe(integrity?.actual);
  expect((await open(run)).version(id)).toMatchObject({
    checksum: integrity?.actual,
    integrity: { state: 'verified' },
  });
});

test('one file that rots is named, and stays so until it is back', async () => {
  const run = newRun();
  await (await open(run)).seal();
  expect(await verify(run)).toMatchObject({ state: 'verified' });
  rot(join(run, 'checkpoint-500/scheduler.pt'));
  expect((await open(run)).version(id)?.integrity.state).toBe('unverified');
  expect(await verify(run)).toMatchObject({
    state: 'mismatch',
    detail: expect.stringMatching(/^scheduler\.pt: .*the bytes differ from the checksum on record/),
  });
  cpSync(join(written, 'checkpoint-500/scheduler.pt'), join(run, 'checkpoint-500/scheduler.pt'));
  expect(await verify(run)).toMatchObject({ state: 'verified' });
});

test('a file that rots is told without a list too, by what the archive and the last reading say', async () => {
  const run = newRun();
  rot(join(run, 'checkpoint-500/scheduler.pt'));
  expect(await verify(run)).toMatchObject({
    state: 'mismatch',
    detail: expect.stringMatching(/^scheduler\.pt: /),
  });
});

test('a file that is cut off makes the version torn, at a look and when it is read', async () => {
  const run = newRun();
  truncateSync(join(run, 'checkpoint-500/optimizer.pt'), 100);
  const manager = await open(run);
  await manager.checkStructures();
  const torn = { state: 'torn', detail: expect.stringMatching(/^optimizer\.pt: /) };
  expect(manager.version(id)?.integrity).toMatchObject(torn);
  expect(await verify(run)).toMatchObject(torn);
  expect(await manager.seal()).toEqual([]);
});

test('a listed file that is gone is named, and one that came is not vouched for', async () => {
  const run = newRun();
  await (await open(run)).seal();
  const more = put(run, 'checkpoint-500/more.txt', 'x');
  expect((await open(run)).version(id)?.checksum).toBeNull();
  expect(await verify(run)).toMatchObject({ state: 'unsealed' });
  expect((await (await open(run)).seal()).map((seal) => seal.id)).toEqual(['checkpoint-500/more.txt']);
  expect(await verify(run)).toMatchObject({ state: 'verified' });
  rmSync(more);
  const missing = { state: 'torn', detail: 'more.txt, which SHA256SUMS lists, is missing' };
  expect((await open(run)).version(id)?.integrity).toMatchObject(missing);
  expect(await verify(run)).toMatchObject(missing);
});

test('what was read counts for as long as no file of it is touched, and none comes or goes', async () => {
  const run = newRun();
  const path = join(run, 'checkpoint-500/config.json');
  const isRead = async () => (await open(run)).isRead(id);
  await verify(run);
  expect(await isRead()).toBe(true);
  put(run, 'checkpoint-500/more.txt', '');
  expect(await isRead()).toBe(false);
  await verify(run);
  expect(await isRead()).toBe(true);
  rmSync(join(run, 'checkpoint-500/more.txt'));
  expect(await isRead()).toBe(false);
  await verify(run);
  writeFileSync(path, readFileSync(path));
  expect(await isRead()).toBe(false);
});

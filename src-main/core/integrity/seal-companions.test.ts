import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyAsWritten, copySample, sampleRun } from '../catalog/measurements/evaluations.fixture.ts';
import { filesAt, idAt, steps } from '../companions.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

const replayBuffer = 'rl_model_replay_buffer_20000_steps.pkl';
const statistics = 'CartPole-v1/vecnormalize.pkl';

function open(run: string, onNotice?: (notice: string) => void): ModelManager {
  const manager = new ModelManager(run, { appData: temporaryFolder(), ...(onNotice && { onNotice }) });
  onTestFinished(() => manager.close());
  return manager;
}

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  writeFileSync(path, bytes);
}

/** What coreutils say of the list, which names every file that is not as it says. */
function check({ root }: ModelManager): string {
  return execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: root, encoding: 'utf8' });
}

async function verified(manager: ModelManager, id: string) {
  await manager.look();
  await manager.verify(null, () => undefined);
  return manager.version(id)?.integrity;
}

const idsOf = (seals: readonly { id: string }[]) => seals.map(({ id }) => id).sort();

test('sealing puts what goes with each model on record, and verifying finds what rots of it', async () => {
  const manager = open(copySample());
  const sealed = await manager.seal();
  expect(idsOf(sealed)).toEqual(expect.arrayContaining(steps.flatMap(filesAt)));
  expect(check(manager)).toBe('');
  expect(await manager.seal()).toEqual([]);
  expect(await verified(manager, idAt(20_000))).toMatchObject({ state: 'verified' });
  flipBit(join(manager.root, replayBuffer));
  expect(await verified(manager, idAt(20_000))).toMatchObject({
    state: 'mismatch',
    detail: `${replayBuffer}: the bytes differ from the checksum on record`,
  });
});

test('what goes with a model that has a checksum gets one, and the model stays as it is on record', async () => {
  const run = copySample();
  rmSync(join(run, replayBuffer));
  const manager = open(run);
  await manager.seal();
  cpSync(join(sampleRun, replayBuffer), join(run, replayBuffer));
  const progress: number[] = [];
  const seals = await manager.seal({ onFound: (files, bytes) => progress.push(files, bytes) });
  expect(idsOf(seals)).toEqual([replayBuffer]);
  const bytes = filesAt(20_000).reduce((sum, name) => sum + readFileSync(join(run, name)).length, 0);
  expect(progress).toEqual([1, bytes]);
  expect(check(manager)).toBe('');
});

test('what goes with a model and is torn leaves both out, and it is said why', async () => {
  const run = copySample();
  put(run, replayBuffer, readFileSync(join(run, replayBuffer)).subarray(0, 40));
  const skipped: { id: string; why: string }[] = [];
  const sealed = idsOf(await open(run).seal({ onSkipped: (each) => skipped.push(each) }));
  expect(skipped).toEqual([
    { id: idAt(20_000), why: expect.stringMatching(new RegExp(`^${replayBuffer}: .+`)) },
  ]);
  expect(sealed).not.toEqual(expect.arrayContaining([idAt(20_000)]));
  expect(sealed).not.toContain(replayBuffer);
  expect(sealed).toContain(idAt(30_000));
});

test.each([
  ['was written to', (path: string) => flipBit(path)],
  ['is gone', (path: string) => rmSync(path)],
])('a model of which a companion %s since it was read is not sealed, which is said', async (_, act) => {
  const run = copySample();
  const notices: string[] = [];
  const manager = open(run, (notice) => void notices.push(notice));
  const verify = manager.verify.bind(manager);
  manager.verify = async (...args) => {
    await verify(...args);
    act(join(run, replayBuffer));
  };
  const sealed = idsOf(await manager.seal());
  expect(sealed).not.toContain(idAt(20_000));
  expect(sealed).not.toContain(replayBuffer);
  expect(sealed).toContain(idAt(30_000));
  expect(notices).toEqual([expect.stringContaining(`${idAt(20_000)} was not sealed`)]);
});

test('the list of a sealed run holds while a model and what goes with it are moved, brought back and restored', async () => {
  const manager = open(copySample());
  await manager.seal();
  const before = readFileSync(join(manager.root, 'SHA256SUMS'), 'utf8');
  const { manifest } = await manager.backups.create(new Set([idAt(20_000)]));
  await manager.moveToTrash([idAt(20_000)]);
  expect(check(manager)).toBe('');
  await manager.undo();
  expect(readFileSync(join(manager.root, 'SHA256SUMS'), 'utf8')).toBe(before);
  await manager.moveToTrash([idAt(20_000)]);
  await manager.backups.restore(manifest.id, null);
  expect(check(manager)).toBe('');
  expect(await verified(manager, idAt(20_000))).toMatchObject({ state: 'verified' });
  flipBit(join(manager.root, replayBuffer));
  expect(await verified(manager, idAt(20_000))).toMatchObject({ state: 'mismatch' });
});

test('statistics that all models share are sealed once, with them or after them, and their rot is told of the run', async () => {
  const run = join(temporaryFolder(), 'CartPole-v1_1');
  cpSync(copyAsWritten(), run, { recursive: true, preserveTimestamps: true });
  const manager = open(run);
  await manager.seal();
  mkdirSync(join(run, 'CartPole-v1'));
  cpSync(join(run, 'rl_model_vecnormalize_40000_steps.pkl'), join(run, statistics));
  put(run, 'CartPole-v1/args.yml', '- - algo\n  - ppo\n');
  expect(idsOf(await manager.seal())).toEqual([statistics]);
  expect(await manager.seal()).toEqual([]);
  expect(check(manager)).toBe('');
  flipBit(join(run, statistics));
  expect(await verified(manager, 'best_model.zip')).toMatchObject({ state: 'verified' });
  expect(manager.problems).toContainEqual({
    path: statistics,
    problem: expect.stringMatching(/^mismatch: /),
  });
  rmSync(join(run, 'SHA256SUMS'));
  cpSync(join(run, 'rl_model_vecnormalize_40000_steps.pkl'), join(run, statistics));
  expect(idsOf(await manager.seal()).filter((id) => id === statistics)).toEqual([statistics]);
});

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { copyAsWritten, numpySays, sampleRun } from './catalog/measurements/evaluations.fixture.ts';
import { companionsAt, filesAt, idAt, open, soon } from './companions.fixture.ts';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';

const best = 'best_model.zip';
const [fitting = ''] = companionsAt(numpySays.best);
const missing = 'its VecNormalize statistics, which other versions here have, are missing';
const problem = `${missing}: ${fitting} has those of its step`;
const keepLatest = { keepBest: null, keepLatest: 1, keepEvery: null, kinds: 'all' as const };

/** What is told against the best, once files were read. */
async function toldOf(run: string, id = best): Promise<readonly string[]> {
  const manager = await open(run);
  await manager.readOwnRecords();
  return manager.version(id)?.problems ?? [];
}

test('a best model that was saved without the statistics that others have says so, and which ones fit it', async () => {
  expect(await toldOf(copyAsWritten())).toEqual([problem]);
});

test('a best model without statistics of its step here says that too', async () => {
  const run = copyAsWritten();
  for (const name of filesAt(numpySays.best)) rmSync(join(run, name));
  expect(await toldOf(run)).toEqual([`${missing}, and none here are of its step`]);
});

test('a best model lacks nothing where no other has statistics, nor where some go with it', async () => {
  const others = copyAsWritten();
  for (const name of readdirSync(others)) if (name.endsWith('.pkl')) rmSync(join(others, name));
  expect(await toldOf(others)).toEqual([]);
  const shared = copyAsWritten();
  cpSync(join(shared, fitting), join(shared, 'vecnormalize.pkl'));
  expect(await toldOf(shared)).toEqual([]);
});

test('a best model in a folder of its own is told of too, unless its statistics are there', async () => {
  const run = copyAsWritten();
  mkdirSync(join(run, 'best_model'));
  renameSync(join(run, best), join(run, 'best_model', best));
  expect(await toldOf(run, `best_model/${best}`)).toEqual([problem]);
  cpSync(join(run, fitting), join(run, 'best_model/vecnormalize.pkl'));
  expect(await toldOf(run, `best_model/${best}`)).toEqual([]);
});

test('statistics that fit the best model come and go in a run that is followed', async () => {
  const run = copyAsWritten();
  const manager = await open(run);
  await manager.readOwnRecords();
  manager.follow();
  const told = () => manager.row(best)?.problems;
  rmSync(join(run, fitting));
  await vi.waitFor(() => expect(told()).toEqual([`${missing}, and none here are of its step`]), soon);
  cpSync(join(sampleRun, fitting), join(run, fitting));
  await vi.waitFor(() => expect(told()).toEqual([problem]), soon);
});

test('a prune leaves the statistics that fit the best model, and the model that they are of', async () => {
  const run = copyAsWritten();
  const manager = await open(run);
  await manager.prune(keepLatest);
  for (const name of [best, ...filesAt(numpySays.best)])
    expect([name, existsSync(join(run, name))]).toEqual([name, true]);
  const why = manager
    .simulatePrune(keepLatest)
    .decisions.find(({ id }) => id === idAt(numpySays.best))?.reasons;
  expect(why).toContain(`its VecNormalize statistics fit ${best}, which has none`);
});

test('a copy of the best model elsewhere has the statistics that fit it beside it, and lacks nothing', async () => {
  const [run, to] = [copyAsWritten(), join(temporaryFolder(), 'copies')];
  const manager = await open(run);
  await manager.exportVersions([best], to);
  expect(readdirSync(to).sort()).toEqual(['best_model.vecnormalize.pkl', best]);
  expect(readFileSync(join(to, 'best_model.vecnormalize.pkl'))).toEqual(readFileSync(join(run, fitting)));
  expect(await toldOf(to)).toEqual([]);
});

test('where the statistics of several fit the best model a copy of it takes none: nothing tells which', async () => {
  const [run, to] = [copyAsWritten(), join(temporaryFolder(), 'copies')];
  const other = (name: string) => name.replace('rl_model', 'other');
  for (const name of [idAt(numpySays.best), fitting]) cpSync(join(run, name), join(run, other(name)));
  const manager = await open(run);
  await manager.exportVersions([best], to);
  expect(readdirSync(to)).toEqual([best]);
});

test('a backup of the best model brings back the statistics that fit it, where they are gone, and replaces none', async () => {
  const run = copyAsWritten();
  const manager = await open(run);
  const { manifest } = await manager.backups.create(new Set([best]));
  const whole = readFileSync(join(run, fitting));
  for (const name of [best, fitting]) rmSync(join(run, name));
  await manager.backups.restore(manifest.id, null);
  expect(readFileSync(join(run, fitting))).toEqual(whole);
  writeFileSync(join(run, fitting), 'others by now');
  rmSync(join(run, best));
  await manager.backups.restore(manifest.id, null);
  expect([existsSync(join(run, best)), readFileSync(join(run, fitting), 'utf8')]).toEqual([
    ...[true, 'others by now'],
  ]);
});

test.each(['vec_normalize_best.pkl', 'best_model_vecnormalize.pkl'])(
  'statistics that people save beside the best as %s go with it',
  async (name) => {
    const run = copyAsWritten();
    cpSync(join(run, fitting), join(run, name));
    expect(await toldOf(run)).toEqual([]);
    const manager = await open(run);
    expect(manager.describe(best).companions).toEqual([name]);
  },
);

test('what people call like a companion of a model that is not here is no problem', async () => {
  const run = copyAsWritten();
  for (const name of readdirSync(run)) if (name.endsWith('.pkl')) rmSync(join(run, name));
  cpSync(join(sampleRun, fitting), join(run, 'final_vecnormalize.pkl'));
  expect((await open(run)).problems).toEqual([]);
});

test('statistics of other observations that people save beside a model are told of it, and move with it', async () => {
  const run = copyAsWritten();
  cpSync(join(sampleRun, idAt(40_000)), join(run, 'ppo_pendulum.zip'));
  const own = 'ppo_pendulum_vecnormalize.pkl';
  cpSync(join(sampleRun, '../sb3-others/vecnormalize_of_3.pkl'), join(run, own));
  const manager = await open(run);
  await manager.readOwnRecords();
  expect(manager.version('ppo_pendulum.zip')?.problems).toEqual([
    'its VecNormalize statistics are of observations of shape [3], and it takes [4]',
  ]);
  await manager.moveToTrash(['ppo_pendulum.zip']);
  expect(existsSync(join(run, own))).toBe(false);
});

test('a best model in a folder of its own is of the kind of the best, and has the badge before its twin', async () => {
  const run = copyAsWritten();
  mkdirSync(join(run, 'best_model'));
  renameSync(join(run, best), join(run, 'best_model', best));
  const manager = await open(run);
  await manager.readOwnRecords();
  expect(manager.version(`best_model/${best}`)).toMatchObject({ kind: 'best' });
  await manager.lookAgain();
  expect(manager.badges.best).toBe(`best_model/${best}`);
});

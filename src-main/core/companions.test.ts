import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { copySample } from './catalog/measurements/evaluations.fixture.ts';
import { companionsAt, filesAt, idAt, open, soon, steps } from './companions.fixture.ts';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { removedBy } from './retention/plan-with-survivors.ts';

const keepLatest = { keepBest: null, keepLatest: 1, keepEvery: null, kinds: 'all' as const };

/** Every file of the run with its bytes, what Cairn keeps aside. */
function filesOf(run: string): Map<string, string> {
  const names = readdirSync(run).filter((name) => name !== '.cairn');
  return new Map(names.sort().map((name) => [name, readFileSync(join(run, name), 'base64')]));
}

/** Of each version, how many of its three files are there. */
const together = (run: string) =>
  steps.map((step) => filesAt(step).filter((name) => existsSync(join(run, name))).length);

test('the companions of a model are no versions, and no problem', async () => {
  const run = copySample();
  const manager = await open(run);
  expect(
    manager
      .versions()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['best_model.zip', ...steps.map(idAt)]);
  expect(manager.problems).toEqual([]);
});

test('companions whose model is gone are a problem each, and name it', async () => {
  const run = copySample();
  rmSync(join(run, idAt(15_000)));
  const problem = 'it goes with the model rl_model_15000_steps, which is not here';
  const told = (await open(run)).problems.sort((a, b) => (a.path < b.path ? -1 : 1));
  expect(told).toEqual(
    companionsAt(15_000)
      .sort()
      .map((path) => ({ path, problem })),
  );
});

describe('a companion that is missing', () => {
  const what = { vecnormalize: 'VecNormalize statistics', replay_buffer: 'replay buffer' };
  const missing = (kind: keyof typeof what) =>
    expect.stringMatching(
      new RegExp(`^its ${what[kind]}, which other versions here have, (is|are) missing$`),
    );

  test.each([
    ['vecnormalize', 0],
    ['replay_buffer', 1],
  ] as const)('is told of its version, where others have one: %s', async (kind, index) => {
    const run = copySample();
    rmSync(join(run, companionsAt(20_000)[index] ?? ''));
    const manager = await open(run);
    await manager.readOwnRecords();
    const told = manager.versions().map(({ id, problems }) => [id, problems]);
    const expected = ['best_model.zip', ...steps.map(idAt)].map((id) => [
      id,
      id === idAt(20_000) ? [missing(kind)] : [],
    ]);
    expect(told.sort()).toEqual(expected.sort());
    for (const { id, problems } of manager.versions()) expect(manager.row(id)?.problems).toEqual(problems);
    expect(manager.problems).toEqual([{ path: idAt(20_000), problem: missing(kind) }]);
  });

  test('is not told where no version has one, nor of another training', async () => {
    const run = copySample();
    for (const step of steps) rmSync(join(run, companionsAt(step)[1] ?? ''));
    for (const step of steps)
      writeFileSync(join(run, `other_${step}_steps.zip`), readFileSync(join(run, idAt(step))));
    expect((await open(run)).versions().flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('is told, and not any more, as files come and go in a run that is followed', async () => {
    const run = copySample();
    const [statistics = ''] = companionsAt(20_000);
    const manager = await open(run);
    manager.follow();
    const told = () => steps.filter((step) => (manager.row(idAt(step))?.problems.length ?? 0) > 0);
    renameSync(join(run, statistics), join(run, 'elsewhere'));
    await vi.waitFor(() => expect(told()).toEqual([20_000]), soon);
    renameSync(join(run, 'elsewhere'), join(run, statistics));
    await vi.waitFor(() => expect(told()).toEqual([]), soon);
    // Once the last one is gone, none has what the others lack; when one comes back, the others lack it.
    for (const step of steps) rmSync(join(run, companionsAt(step)[0] ?? ''));
    await vi.waitFor(() => expect(told()).toEqual([]), soon);
    writeFileSync(join(run, statistics), 'x');
    await vi.waitFor(() => expect(told()).toEqual(steps.filter((step) => step !== 20_000)), soon);
  });
});

test('a companion that is older than its model is told of its version, one that is as old to the minute is not', async () => {
  const run = copySample();
  const [statistics = '', buffer = ''] = companionsAt(20_000);
  utimesSync(join(run, statistics), 19_000, 19_000);
  utimesSync(join(run, buffer), 19_950, 19_950);
  const manager = await open(run);
  const problem = 'its VecNormalize statistics are older than it, and may be of another training';
  expect(manager.version(idAt(20_000))?.problems).toEqual([problem]);
  expect(manager.problems).toEqual([{ path: idAt(20_000), problem }]);
});

describe('a model and its companions are never separated', () => {
  test('by a prune, nor by its undo', async () => {
    const run = copySample();
    const before = filesOf(run);
    const manager = await open(run);
    const { plan, operation, moved } = await manager.prune(keepLatest);
    const removed = removedBy(plan);
    const gone = steps.filter((step) => removed.has(idAt(step)));
    expect(gone.length).toBeGreaterThanOrEqual(3);
    expect(together(run)).toEqual(steps.map((step) => (gone.includes(step) ? 0 : 3)));
    const size = (name: string) => Buffer.from(before.get(name) ?? '', 'base64').length;
    const alone = removed.has('best_model.zip') ? size('best_model.zip') : 0;
    expect(moved).toBe(gone.flatMap(filesAt).reduce((sum, name) => sum + size(name), alone));
    await manager.undo(operation);
    expect(filesOf(run)).toEqual(before);
  });

  test('by the trash', async () => {
    const run = copySample();
    const before = filesOf(run);
    const manager = await open(run);
    await manager.moveToTrash([idAt(20_000)]);
    expect(together(run)).toEqual([3, 3, 0, 3, 3]);
    expect(manager.problems).toEqual([]);
    await manager.undo();
    expect(filesOf(run)).toEqual(before);
  });

  test('by a backup and what is restored from it', async () => {
    const run = copySample();
    const before = filesOf(run);
    const manager = await open(run);
    const { manifest } = await manager.backups.create(new Set([idAt(20_000)]));
    expect(manifest.versions[0]?.files.map(({ path }) => path).sort()).toEqual(filesAt(20_000).sort());
    for (const name of filesAt(20_000)) rmSync(join(run, name));
    await manager.backups.restore(manifest.id, null);
    expect(filesOf(run)).toEqual(before);
    writeFileSync(join(run, companionsAt(20_000)[0] ?? ''), 'of another training');
    await manager.backups.restore(manifest.id, null);
    expect(filesOf(run)).toEqual(before);
  });

  test('by restoring another model in its place: the companions of the one that goes, go with it', async () => {
    const run = copySample();
    for (const name of companionsAt(20_000)) renameSync(join(run, name), join(run, `${name}.later`));
    const manager = await open(run);
    const { manifest } = await manager.backups.create(new Set([idAt(20_000)]));
    const whole = readFileSync(join(run, idAt(20_000)));
    writeFileSync(join(run, idAt(20_000)), readFileSync(join(run, idAt(30_000))));
    for (const name of companionsAt(20_000)) renameSync(join(run, `${name}.later`), join(run, name));
    const replaced = filesOf(run);
    const { operation } = await manager.backups.restore(manifest.id, null);
    expect(readFileSync(join(run, idAt(20_000))).equals(whole)).toBe(true);
    expect(together(run)).toEqual([3, 3, 1, 3, 3]);
    await manager.undo(operation);
    expect(filesOf(run)).toEqual(replaced);
  });

  test('by an export', async () => {
    const manager = await open(copySample());
    const folder = temporaryFolder();
    await manager.exportVersions([idAt(20_000)], folder);
    expect(readdirSync(folder).sort()).toEqual(filesAt(20_000).sort());
  });

  test('where a companion cannot be moved: then its model stays too', async () => {
    const run = copySample();
    const [link = ''] = companionsAt(10_000);
    rmSync(join(run, link));
    symlinkSync(companionsAt(40_000)[0] ?? '', join(run, link));
    const manager = await open(run);
    const { plan } = await manager.prune(keepLatest);
    expect(plan.immovable.get(idAt(10_000))).toContain(link);
    expect(together(run)[0]).toBe(3);
    await expect(manager.moveToTrash([idAt(10_000)])).rejects.toThrow();
    expect(together(run)[0]).toBe(3);
  });

  test('where another model shares them: they stay with that one', async () => {
    const run = copySample();
    const other = idAt(20_000).replace('.zip', '.pt');
    writeFileSync(join(run, other), readFileSync(join(run, idAt(20_000))));
    const manager = await open(run);
    await manager.moveToTrash([other]);
    expect(together(run)).toEqual([3, 3, 3, 3, 3]);
  });
});

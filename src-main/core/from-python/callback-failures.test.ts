import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { passesVerify } from '../../../shared/model/integrity.ts';
import { Reserve } from '../files/reserve.ts';
import { fillDisk, freeOn, mayMount, smallDisk } from '../files/small-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { hasTorch } from '../packing/python.fixture.ts';
import { byId, openVerified, PythonSaver, pythonTimeout } from './python-saver.fixture.ts';

let python: PythonSaver;

const best = { kind: 'save_best_model' as const, reward: '1' };

function hiddenNames(run: string): string[] {
  return readdirSync(join(run, 'best_models')).filter((name) => name.startsWith('.'));
}

describe.runIf(hasTorch)('a save of examples/cairn_callback.py', { timeout: pythonTimeout }, () => {
  beforeAll(() => {
    python = new PythonSaver();
  });
  afterAll(() => python.kill());

  test('that is done where folders cannot be synced is no failure, and that is said once', async () => {
    const run = temporaryFolder();
    const saved = await python.order('unsyncable', { run, code: 'EINVAL' });
    expect(saved.map((line) => existsSync(line))).toEqual([true, true, false]);
    expect(saved[2]).toMatch(/^.*: folders cannot be synced here — .* power cut/);
    const again = await python.order('unsyncable', { run, code: 'ENOTSUP' });
    expect(again.map((line) => existsSync(line))).toEqual([true, true]);
  });

  test.each([true, false])('fails where the disk does, for files too: %s', async (full) => {
    const [failed] = await python.order('unsyncable', { run: temporaryFolder(), code: 'EIO', full });
    expect(failed).toBe('OSError: [Errno 5] no such syncs');
  });

  test('that cannot replace the checkpoint leaves it, and what its sidecar says', async () => {
    const run = temporaryFolder();
    await python.save(run, [{ kind: 'save_checkpoint', notes: 'one' }]);
    const said = await python.order('name_changes', { run, refused: 'checkpoint.pt' });
    expect(said.at(-1)).toBe('PermissionError: [Errno 13] it is open');
    const manager = await openVerified(run);
    expect(byId(manager).map(({ id, notes, integrity }) => [id, notes, integrity.state])).toEqual([
      ['checkpoints/checkpoint.pt', 'one', 'verified'],
    ]);
    expect(readdirSync(join(run, 'checkpoints')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('has each name on the medium before the next one comes', async () => {
    const run = temporaryFolder();
    await python.save(run, [{ kind: 'save_checkpoint' }]);
    const said = await python.order('name_changes', { run });
    expect(said.slice(said.indexOf('checkpoint.pt'), -1)).toEqual([
      'checkpoint.pt',
      'sync',
      'checkpoint.json',
      'sync',
    ]);
  });

  test('leaves alone what other machines and living processes write, and counts their numbers', async () => {
    const run = temporaryFolder();
    const theirs = [
      '.model_v0020_reward.cairn.tmp',
      '.model_v0020_reward.elsewhere.7.0123456789abcdef.cairn.tmp',
    ];
    const host = hostname()
      .replace(/[^A-Za-z0-9-]/g, '-')
      .slice(0, 40);
    const of = (pid: number) => `.model_v0030_reward.${host}.${pid}.0123456789abcdef.cairn.tmp`;
    for (const name of [...theirs, of(process.pid)]) put(run, `best_models/${name}`, '');
    const dead = [of(2 ** 22 + 5).replaceAll('v0030', 'v0040'), '.model_v0040_reward.cairn.tmp'];
    for (const name of dead) put(run, `best_models/${name}`, '');
    expect((await python.save(run, [best]))[0]).toContain('_v0031_');
    expect(hiddenNames(run).sort()).toEqual([...theirs, of(process.pid)].sort());
    const manager = await openVerified(run);
    const from = manager.versions()[0]?.id ?? '';
    put(run, `best_models/${theirs[1]?.replace('v0020', 'v0050')}`, '');
    const saved = await manager.saveBestModel({ source: { path: join(run, from) }, reward: 1 });
    expect(saved.version).toBe(51);
  });

  test.each([
    { kind: 'save_best_model', pid: undefined },
    { kind: 'save_checkpoint', pid: 1 },
  ])('and one that came in between, locks or no locks, are both whole: $kind', async ({ kind, pid }) => {
    const run = temporaryFolder();
    const paths = await python.order('two_at_once', { run, kind, pid });
    expect(paths.map((path) => existsSync(path))).toEqual([true, true]);
    const manager = await openVerified(run);
    const states = new Map(byId(manager).map(({ id, integrity }) => [id, integrity.state]));
    for (const path of paths) expect(passesVerify(states.get(relative(run, path)) ?? 'torn')).toBe(true);
    const versions = byId(manager).flatMap(({ version }) => version ?? []);
    expect(versions).toEqual(kind === 'save_best_model' ? [1, 2] : []);
    expect(
      readdirSync(join(run, byId(manager)[0]?.id ?? '', '..')).filter((name) => name.startsWith('.')),
    ).toEqual([]);
  });

  test('whose number somebody else has meanwhile is not acknowledged', async () => {
    const run = temporaryFolder();
    const [said] = await python.order('overtaken', { run });
    expect(said).toMatch(/^FileExistsError: .*another program has the number of this version/);
    expect(readdirSync(join(run, 'best_models'))).toEqual(['.model_v0001_reward.cairn.tmp']);
  });

  test('to a run whose lock belongs to another user says so', async () => {
    const run = temporaryFolder();
    expect(await python.order('of_another_user', { run })).toEqual([
      `PermissionError: [Errno 13] the run cannot be locked: its .cairn is read-only, or belongs to another user: '${join(run, '.cairn/lock')}'`,
    ]);
    expect(readdirSync(join(run, 'checkpoints'))).toEqual([]);
  });

  test('that cannot empty the file of the lock is done, and holds nothing open', async () => {
    const [path = '', more] = await python.order('unlockable', { run: temporaryFolder() });
    expect(readFileSync(path).length).toBeGreaterThan(100);
    expect(more).toBe('0');
  });

  test('waits for another thread that saves to the same run, however that is spelled, no longer than it may, and for none that saves to another', async () => {
    const [run, other] = [temporaryFolder(), temporaryFolder()];
    const [same, relative, linked, elsewhere, first] = await python.order('from_threads', { run, other });
    for (const said of [same, relative, linked]) expect(said).toMatch(/^TimeoutError: .* is locked/);
    expect([elsewhere, first].map((path = '') => existsSync(path))).toEqual([true, true]);
  });

  test('that fills the disk leaves the training alive and no file, and is done once there is room', async ({
    skip,
  }) => {
    skip(!mayMount, 'a small disk can be mounted by root alone');
    const disk = smallDisk('tmpfs');
    const training = new PythonSaver();
    onTestFinished(() => training.kill());
    const [run, ballast] = [join(disk, 'run'), join(disk, 'ballast')];
    const whole = freeOn(disk).bytes;
    for (const left of [4096, 16_384, 303_104, 397_312, 401_408]) {
      writeFileSync(ballast, Buffer.alloc(whole - freeOn(disk).bytes));
      writeFileSync(ballast, Buffer.alloc(freeOn(disk).bytes - left));
      expect(await training.order('careless', { run })).toEqual([
        'OSError: [Errno 28] No space left on device',
      ]);
      expect(existsSync(join(run, 'best_models')) ? readdirSync(join(run, 'best_models')) : []).toEqual([]);
      truncateSync(ballast);
    }
    const [saved = ''] = await training.order('careless', { run });
    expect(saved).toContain('_v0001_');
    expect(byId(await openVerified(run)).map(({ integrity }) => integrity.state)).toEqual(['verified']);
  });

  test.runIf(mayMount).each(['bytes', 'files'] as const)(
    'leaves what it takes to prune once no %s are free, with nothing of Cairn but this file ever there',
    async (scarce) => {
      const disk = smallDisk('tmpfs');
      const training = new PythonSaver();
      onTestFinished(() => training.kill());
      const run = join(disk, 'run');
      await training.save(run, [best, { ...best, reward: '2' }, { ...best, reward: '3' }]);
      fillDisk(disk, scarce);
      const manager = await openVerified(run);
      await manager.prune({ keepBest: 1, keepLatest: 1, keepEvery: null, kinds: 'all' });
      expect((await manager.emptyTrash()).operations).toHaveLength(1);
      await manager.look();
      expect(byId(manager).map(({ version }) => version)).toEqual([3]);
      expect(freeOn(disk)[scarce]).toBeGreaterThan(0);
    },
  );

  test('makes the room that Cairn keeps back as Cairn makes it, and none where another file leads elsewhere', async () => {
    const [run, other, elsewhere] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    await python.save(run, [best]);
    const reserve = join(run, '.cairn/reserve');
    const made = readdirSync(reserve).map((name) => statSync(join(reserve, name)));
    expect(made.map(({ size, mode }) => [size, mode & 0o777])).toEqual(Array(16).fill([4096, 0o600]));
    new Reserve(join(run, '.cairn'), true).keep();
    expect(readdirSync(reserve).map((name) => statSync(join(reserve, name)).ino)).toEqual(
      made.map(({ ino }) => ino),
    );
    mkdirSync(join(other, '.cairn'));
    symlinkSync(elsewhere, join(other, '.cairn/reserve'));
    await python.save(other, [best]);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('that is interrupted while it is written ends as any program does', async () => {
    const run = temporaryFolder();
    const training = new PythonSaver();
    onTestFinished(() => training.kill());
    expect(await training.order('interrupted', { run })).toEqual(['interrupted']);
    expect(readdirSync(join(run, 'checkpoints'))).toEqual([]);
  });

  test.each([
    [{ metrics: [1, 2] }, 'TypeError: metrics are numbers by name, such as {"sharpe": 1.5}, not [1, 2]'],
    [{ metrics: 0.5 }, 'TypeError: metrics are numbers by name, such as {"sharpe": 1.5}, not 0.5'],
    ...['a\nb', 'a\u0085b', 'a\u2028b', '../a', 'a\\b'].map(
      (model_prefix) =>
        [{ config: { model_prefix } }, /^ValueError: 'model_prefix' is no part of a file name: /] as const,
    ),
    [
      { config: { timestamp_format: '%d/%m' } },
      /^ValueError: 'timestamp_format' is no part of a file name: /,
    ],
    ...['../out', '/dev/null/out', 'a/../../out', 'a\nb', 'a\\..\\..\\b'].map(
      (best_models_dir) =>
        [
          { config: { best_models_dir } },
          /^ValueError: 'best_models_dir' is no folder of the run: /,
        ] as const,
    ),
  ] as const)('that was given %j is refused before anything is written', async (given, why) => {
    const run = join(temporaryFolder(), 'run');
    const [said] = await python.order('careless', { run, ...given });
    expect(said).toMatch(why);
    expect(existsSync(run)).toBe(false);
  });

  test.each([
    [1e300, '1e+300'],
    [-1.5e25, 'n1.5e+25'],
    [1e20, '100000000000000000000.0000'],
  ])('of a reward of %s has the name that the command line gives', async (reward, digits) => {
    const [saved] = await python.order('careless', { run: temporaryFolder(), reward });
    expect(saved).toContain(`/model_v0001_reward${digits}_`);
  });

  test('of a whole module is that of its state', async () => {
    const said = await python.order('whole_module', { run: temporaryFolder() });
    expect(said).toEqual([expect.stringContaining('_v0001_'), 'weight bias']);
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { lockRun } from '../lock/lock-run.ts';
import { hasTorch, runPython } from '../packing/python.fixture.ts';
import { byId, openVerified, PythonSaver, pythonTimeout, runScript } from './python-saver.fixture.ts';

const rewards = ['0.95', '-0.25', 'nan', '-inf', '1.25', '2'];
const orders = rewards.map((reward) => ({ kind: 'save_best_model' as const, reward }));

describe.runIf(hasTorch)('what examples/cairn_callback.py saves', { timeout: pythonTimeout }, () => {
  let python: PythonSaver;
  beforeAll(() => {
    python = new PythonSaver();
  });
  afterAll(() => python.kill());

  test('is named like the reference’s, listed, verified and ranked', async () => {
    const run = join(temporaryFolder(), 'new/run');
    const ids = await python.save(run, [
      ...orders,
      { kind: 'save_checkpoint', tags: ['resume'], symbol: 'ACME', version: 9 },
    ]);
    expect(ids.map((id) => id.replace(/_\d{8}_\d{6}\.pt$/, ''))).toEqual([
      'best_models/model_v0001_reward0.9500',
      'best_models/model_v0002_rewardn0.2500',
      'best_models/model_v0003_rewardnan',
      'best_models/model_v0004_rewardninf',
      'best_models/model_v0005_reward1.2500',
      'best_models/model_v0006_reward2.0000',
      'checkpoints/checkpoint.pt',
    ]);
    const manager = await openVerified(run);
    expect(manager.problems).toEqual([]);
    expect(byId(manager).map(({ id, integrity, problems }) => [id, integrity.state, problems])).toEqual(
      ids.map((id) => [id, 'verified', []]),
    );
    expect(manager.getBestModels().map(({ version }) => version)).toEqual([6, 5, 1, 2]);
    expect(manager.version(ids[6] ?? '')).toMatchObject({
      version: null,
      step: 7,
      symbol: 'ACME',
      tags: ['resume'],
      metrics: { sharpe: 1.5, win_rate: 0.5, trades: 3 },
      metadata_source: 'sidecar',
    });
    expect((await manager.loadModel('best')).warnings).toEqual([]);
  });

  test('is taken by PyTorch as weights alone, and says of itself what its sidecar says', async () => {
    const run = temporaryFolder();
    const [id = ''] = await python.save(run, [{ kind: 'save_best_model', reward: '0.5' }]);
    // PyTorch 1.13 takes no float that way: what else it refuses is a failure here.
    expect(runPython('describe.py', join(run, id))).toHaveLength(1);
    const contents = await readContents(bufferSource(id, readFileSync(join(run, id))));
    expect(contents).toMatchObject({ trust: 'tensors-only', problems: [], checkpointVersion: '2.0' });
    const sidecar = JSON.parse(
      readFileSync(join(run, id.replace('.pt', '.json')), 'utf8').replaceAll('-Infinity', '"-Infinity"'),
    );
    const { training_state, file_path, file_size_bytes, checksum, ...metadata } = sidecar;
    expect(file_path).toBe(join(run, id));
    expect(contents.metadata).toEqual({
      ...metadata,
      file_path: null,
      file_size_bytes: null,
      checksum: null,
    });
    const infinite = { best_reward: Number.NEGATIVE_INFINITY };
    expect(contents.trainingState).toEqual({ ...training_state, ...infinite });
    expect(training_state).toMatchObject({ global_step: 7, recent_rewards: [0.25, 0.5] });
  });

  test('is weights and plain data alone, whatever classes its numbers and names had', async () => {
    const run = temporaryFolder();
    const [path = '', types] = await python.order('numpy_numbers', { run });
    const contents = await readContents(bufferSource(path, readFileSync(path)));
    expect(contents).toMatchObject({ trust: 'tensors-only', problems: [] });
    expect(contents.metadata).toMatchObject({ metrics: { sharpe: 1.5, named: 'text' } });
    expect(types).toBe('float tuple Tensor');
  });

  test('never takes the sidecar of another model, and has a name that is a checkpoint’s', async () => {
    const run = temporaryFolder();
    put(run, 'checkpoints/model.safetensors', 'x');
    put(run, 'checkpoints/model.json', '{"notes":"kept"}');
    const names = ['model.pt', 'x.json', 'x.zip', 'x', '.x.pt', 'x_meta.pt', 'x.PTH', 'y.ckpt'];
    const said = await python.save(
      run,
      names.map((name) => ({ kind: 'save_checkpoint', name })),
    );
    const noName = (name: string) =>
      `ValueError: '${name}' is not a name for a checkpoint, such as model.pt, model.pth or model.ckpt`;
    expect(said).toEqual([
      "ValueError: 'model.pt' would share the sidecar of 'model.safetensors': save it under another name",
      ...names.slice(1, 6).map(noName),
      'checkpoints/x.PTH',
      'checkpoints/y.ckpt',
    ]);
    expect(readFileSync(join(run, 'checkpoints/model.json'), 'utf8')).toBe('{"notes":"kept"}');
    expect(await python.save(run, [{ kind: 'save_checkpoint', name: 'x.PTH' }])).toEqual([
      'checkpoints/x.PTH',
    ]);
    const unprintable = ['a\u0001b.pt', 'a\nb.pt', 'a\u001b[31m.pt', 'a\u2028b.pt', 'a\u0085b.pt'];
    const refused = await python.save(
      run,
      unprintable.map((name) => ({ kind: 'save_checkpoint', name })),
    );
    expect(refused).toEqual(
      unprintable.map(() =>
        expect.stringMatching(/^ValueError: 'a\\.*b?\.pt' is not a name for a checkpoint/),
      ),
    );
  });

  test('has every key of the reference’s sidecars, in its order and of its type', async () => {
    const run = temporaryFolder();
    await python.save(run, orders);
    const [found = ''] = runScript('reference_manager.py', [run]);
    const opened = JSON.parse(found);
    expect(opened.problems).toEqual([]);
    expect(opened.versions).toHaveLength(rewards.length);
    expect(opened.best).toContain('_v0006_');
  });

  test('may have any names, in any folder', async () => {
    const run = join(temporaryFolder(), 'Läufe 雪');
    const config = { model_prefix: 'модель', version_format: '{version}', best_models_dir: 'лучшие' };
    const ids = await python.save(run, [
      { kind: 'save_best_model', reward: '0.5', config },
      { kind: 'save_best_model', reward: '0.5', config, notes: 'é' },
      { kind: 'save_checkpoint', name: 'état.pt' },
      { kind: 'save_checkpoint', name: '../out.pt' },
    ]);
    expect(ids[1]).toMatch(/^лучшие\/модель_2_reward0\.5000_/);
    expect(ids.slice(2)).toEqual([
      'checkpoints/état.pt',
      "ValueError: '../out.pt' is not a name for a checkpoint, such as model.pt, model.pth or model.ckpt",
    ]);
    const manager = await openVerified(run, config);
    expect(byId(manager).map(({ integrity }) => integrity.state)).toEqual(Array(3).fill('verified'));
    expect(manager.getModelVersion(2)?.notes).toBe('é');
  });

  test('is what the example of the README saves, and the latest checkpoint is the one to go on from', async () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
    const [, code = ''] = /^```python\n(.*?)^```/ms.exec(readme) ?? [];
    const run = temporaryFolder();
    await python.order('example', { run, code });
    const manager = await openVerified(join(run, 'outputs/run'));
    const [best, checkpoint] = byId(manager);
    expect(best).toMatchObject({ version: 1, reward: 0.95, metrics: { sharpe: 1.5, win_rate: 0.65 } });
    expect(checkpoint).toMatchObject({ id: 'checkpoints/checkpoint.pt', step: 7 });
    // The best model was saved after it: what to go on from has to be asked for by its kind.
    expect(await manager.latest()).toMatchObject({ id: best?.id });
    expect(await manager.latest('checkpoint')).toEqual({ id: checkpoint?.id, passedOver: [] });
  });

  test('is gone on from by the newest checkpoint that is whole, whatever best model is newer', async () => {
    const run = temporaryFolder();
    const none = `FileNotFoundError: [Errno 2] no checkpoint that is whole: '${run}/checkpoints'`;
    expect(await python.order('resume', { run })).toEqual([none]);
    for (const notes of ['one', 'two']) await python.save(run, [{ kind: 'save_checkpoint', notes }]);
    await python.save(run, [{ kind: 'save_checkpoint', name: 'x.pt', notes: 'older' }]);
    utimesSync(join(run, 'checkpoints/x.pt'), 1, 1);
    put(run, 'checkpoints/x.json', '{"timestamp": "2020-01-01T00:00:00+00:00"}');
    await python.save(run, [{ kind: 'save_best_model', reward: '9', notes: 'best' }]);
    const last = join(run, 'checkpoints/checkpoint.pt');
    expect(await python.order('resume', { run })).toEqual(['two, step 7, 1 group']);
    const manager = await openVerified(run);
    expect((await manager.latest('checkpoint')).id).toBe('checkpoints/checkpoint.pt');
    truncateSync(last, 1000);
    const changed = `${last} is passed over — its bytes are not those that were saved`;
    expect(await python.order('resume', { run })).toEqual([changed, 'one, step 7, 1 group']);
    truncateSync(`${last}.backup`, 1000);
    utimesSync(`${last}.backup`, 1.65e9, 1.65e9);
    expect(await python.order('resume', { run })).toEqual([
      changed,
      expect.stringMatching(/checkpoint\.pt\.backup is passed over — ./),
      'older, step 7, 1 group',
    ]);
  });

  test('leaves the checkpoint before as its backup, and nothing else', async () => {
    const run = temporaryFolder();
    const order = { kind: 'save_checkpoint' as const, notes: 'one' };
    await python.save(run, [order]);
    const before = readFileSync(join(run, 'checkpoints/checkpoint.pt'));
    await python.save(run, [order, { ...order, notes: 'two' }, { ...order, notes: 'three' }]);
    expect(readdirSync(join(run, 'checkpoints')).sort()).toEqual([
      'checkpoint.json',
      'checkpoint.pt',
      'checkpoint.pt.backup',
    ]);
    const backup = readFileSync(join(run, 'checkpoints/checkpoint.pt.backup'));
    expect(backup.equals(before)).toBe(false);
    expect(backup.includes('two')).toBe(true);
  });

  test('never has a number that a version of Cairn has, or had', async () => {
    const run = temporaryFolder();
    const ids = [1, 2, 7].map((version) => saveModel(run, version));
    const manager = await openVerified(run);
    await manager.moveToTrash(ids.slice(1));
    expect((await python.save(run, [{ kind: 'save_best_model', reward: '0' }]))[0]).toContain('_v0008_');
    const saved = await manager.saveBestModel({ source: { path: join(run, ids[0] ?? '') }, reward: 1 });
    expect(saved.version).toBe(9);
    // That of a save which is under way is taken too.
    put(run, 'best_models/.model_v0020_reward.cairn.tmp', '');
    const after = await manager.saveBestModel({ source: { path: join(run, saved.id) }, reward: 1 });
    expect(after.version).toBe(21);
    // And that of one which is gone for good.
    await manager.look();
    await manager.moveToTrash([after.id]);
    await manager.emptyTrash();
    expect((await python.save(run, [{ kind: 'save_best_model', reward: '0' }]))[0]).toContain('_v0022_');
  });

  test('and what Cairn saves keep each other out', async () => {
    const run = temporaryFolder();
    mkdirSync(join(run, '.cairn'));
    const lock = await lockRun(join(run, '.cairn'), 'prune', 0);
    const [refused] = await python.save(run, [{ kind: 'save_checkpoint', wait: 0.1 }]);
    expect(refused).toBe(
      `TimeoutError: ${run} is locked: another program is still writing to it after 0.1 s`,
    );
    expect(existsSync(join(run, 'checkpoints/checkpoint.pt'))).toBe(false);
    await lock.release();
    const holder = new PythonSaver();
    onTestFinished(() => holder.kill());
    await holder.order('hold', { run });
    await expect(lockRun(join(run, '.cairn'), 'prune', 0)).rejects.toThrow(
      new RegExp(`^the run is locked — save of process ${holder.pid} on `),
    );
    await holder.kill();
    await (await lockRun(join(run, '.cairn'), 'prune', 0)).release();
  });
});

import { appendFile, cp, readdir, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';

const layouts = join(import.meta.dirname, '../fixtures/layouts');
const last = 'checkpoints/last.ckpt';
const latest = 'checkpoints/epoch=3-step=40-val_loss=1e-05.ckpt';

async function copyRun(name: string): Promise<string> {
  const run = join(await tempFolder('layouts'), basename(name));
  await cp(join(layouts, name), run, { recursive: true });
  return run;
}

test('ls says which framework wrote a run, how sure that is and why, and which version that takes for the best', async () => {
  const run = await copyRun('lightning_logs/version_0');
  expect(await readJson(['ls', run])).toMatchObject({
    recognised: {
      layout: 'lightning',
      name: 'Lightning',
      sureness: 'sure',
      why: 'Lightning: its files say so, and its checkpoints are named epoch=E-step=S',
      best: 'checkpoints/epoch=1-step=20-val_loss=-0.25.ckpt',
    },
  });
  const { stdout } = await runCli(['ls', run]);
  expect(stdout).toContain(
    'Lightning: its files say so, and its checkpoints are named epoch=E-step=S (sure)',
  );
});

test('a run is ranked by what its framework goes by, until another metric is asked for', async () => {
  const run = await copyRun('lightning_logs/version_0');
  expect((await runCli(['ls', run])).stdout).toContain('best by val_loss, min (as Lightning chose)');
  const best = /val_loss=-0\.25(?:-v1)?\.ckpt$/;
  expect(await readJson(['best', run])).toMatchObject({
    id: expect.stringMatching(best),
    selection: { metric: 'val_loss', mode: 'min', source: 'framework' },
  });
  expect(await readJson(['runs', dirname(run), '--where', 'best_value < 0'])).toMatchObject({
    runs: [{ best: expect.stringMatching(best) }],
  });
  expect(await readJson(['best', run, '--metric', 'epoch', '--mode', 'max'])).toMatchObject({
    selection: { metric: 'epoch', source: 'asked' },
  });
});

test('ls reads a run in the way of a layout that is asked for, and refuses one that is not known with those there are', async () => {
  const run = await copyRun('lightning_logs/version_0');
  const document = await readJson(['ls', run, '--layout', 'keras']);
  expect(document).toMatchObject({ recognised: { layout: 'keras', sureness: 'chosen' } });
  const { versions } = asListing(document);
  expect(versions.find(({ id }) => id === latest)?.metrics).not.toHaveProperty('val_loss');
  expect((await runCli(['ls', run, '--layout', 'keras'])).stdout).toContain(
    'Keras: it was chosen for this run (chosen)',
  );
  expect(await runCli(['ls', run, '--layout', 'kears'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /unknown layout “kears” — there are lightning, .*keras.* — name one of them/,
    ),
  });
  expect(await readJson(['ls', run])).toMatchObject({ recognised: { layout: 'lightning' } });
});

test('ls says so on stderr where nothing in a run is as the layout that was asked for has it', async () => {
  const run = await copyRun('lightning_logs/version_0');
  const { code, stdout, stderr } = await runCli(['ls', run, '--layout', 'sample-factory', '--json']);
  expect(code).toBe(0);
  expect(asListing(JSON.parse(stdout)).versions.length).toBeGreaterThan(3);
  expect(stderr).toBe(
    'cairn: nothing in this run is as Sample Factory writes it — it is listed by what all frameworks share — name another layout, or none\n',
  );
  expect((await runCli(['ls', run, '--layout', 'lightning'])).stderr).toBe('');
  const folders = await copyRun('orbax');
  expect(await runCli(['ls', folders, '--layout', 'keras'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^cairn: nothing in .* is as the layout keras has it — .* — .*\n$/),
  });
});

test('the numbers in the names of Lightning are metrics, steps and epochs', async () => {
  const run = await copyRun('lightning_logs/version_0');
  const { versions } = asListing(await readJson(['ls', run, '--sort', 'val_loss:asc']));
  expect(versions[0]).toMatchObject({ metrics: { epoch: 1, val_loss: -0.25 }, step: 20 });
  const found = asListing(await readJson(['ls', run, '--where', 'epoch = 3']));
  expect(found.versions.map(({ id }) => id)).toEqual([latest]);
});

test('ls has columns of the metrics that a run has', async () => {
  const { stdout } = await runCli(['ls', await copyRun('lightning_logs/version_0')]);
  expect(stdout).toMatch(/^VERSION .* VAL_LOSS +EPOCH .* ID$/m);
  expect(stdout).toMatch(/ -0\.2500 +1 [^\n]*epoch=1-step=20-val_loss=-0\.25\.ckpt/);
  expect(stdout).not.toContain('SHARPE');
});

test('show says that last.ckpt is the same as another checkpoint; as a link it is another name of that, and nothing is wrong with it', async () => {
  const run = await copyRun('lightning_logs/version_0');
  expect(await readJson(['show', run, last])).toMatchObject({ same_as: [latest] });
  expect((await runCli(['show', run, last])).stdout).toContain(`same as       ${latest}`);
  await rm(join(run, last));
  await symlink(basename(latest), join(run, last));
  const { versions, problems, recognised } = asListing(await readJson(['ls', run]));
  expect(versions.map(({ id }) => id)).not.toContain(last);
  expect(problems).toEqual([]);
  expect(recognised?.last).toBe(latest);
  expect(await readJson(['show', run, latest])).toMatchObject({ same_as: [last] });
  const named = await runCli(['trash', run, last]);
  expect([named.code, named.stderr]).toEqual([
    2,
    expect.stringContaining(`a symbolic link to ${latest} — name that`),
  ]);
});

test('a run of Sample Factory lists what is in the folders of its policy, and what a save left', async () => {
  const run = await copyRun('sample-factory');
  const { versions, problems } = asListing(await readJson(['ls', run]));
  expect(versions.map(({ id }) => id).sort()).toEqual([
    'checkpoint_p0/best_000001500_6144000_reward_-12.500.pth',
    'checkpoint_p0/checkpoint_000000978_4005888.pth',
    'checkpoint_p0/checkpoint_000001956_8011776.pth',
    'checkpoint_p0/milestones/checkpoint_000000978_4005888.pth',
  ]);
  expect(versions.find(({ kind }) => kind === 'best')).toMatchObject({ reward: -12.5 });
  expect(problems.map(({ path }) => path)).toEqual(['checkpoint_p0/checkpoint_temp']);
});

test('runs finds the runs of all these frameworks, each once', async () => {
  const root = await copyRun('.');
  const found = (await readJson(['runs', root])) as { runs: { path: string; versions: number }[] };
  expect(found.runs.map(({ path, versions }) => [path, versions])).toEqual([
    ['accelerate-deepspeed', 2],
    ['accelerate-epochs', 2],
    ['checkpoint-folders', 4],
    ['cleanrl/CartPole-v1__dqn_jax__1__1700000002', 1],
    ['cleanrl/CartPole-v1__ppo__1__1700000000', 1],
    ['cleanrl/Hopper-v4__ddpg_continuous_action__1__1700000001', 1],
    ['deepspeed', 3],
    ['detectron2', 3],
    ['diffusers', 2],
    ['distributed-checkpoint', 3],
    ['fairseq', 6],
    ['flax', 3],
    ['huggingface', 5],
    ['huggingface-retrained', 4],
    ['keras', 5],
    ['lightning_logs/version_0', 7],
    ['lightning-folders', 4],
    ['lightning-scores', 5],
    ['megatron', 2],
    ['nanogpt', 1],
    ['orbax', 2],
    ['peft', 2],
    ['rl-games', 5],
    ['rl-zoo/CartPole-v1_1', 3],
    ['rllib', 4],
    ['rllib-oldest', 3],
    ['rllib-saves', 3],
    ['sample-factory', 4],
    ['sample-factory-policies', 6],
    ['saved-model', 2],
    ['sharded', 4],
    ['spinning-up', 3],
    ['tensorflow', 5],
    ['tianshou/sac', 4],
    ['timm', 5],
    ['ultralytics', 5],
  ]);
});

test('a run of checkpoint folders lists each once, with all of its bytes, and says what is missing', async () => {
  const run = await copyRun('huggingface');
  const { versions, problems } = asListing(await readJson(['ls', run]));
  const told = versions.map(({ id, version, integrity }) => [id, version, integrity.detail]);
  expect(told.sort()).toEqual([
    ['checkpoint-1000/model.safetensors.index.json', 1000, null],
    ['checkpoint-1250/model.safetensors.index.json', 1250, 'model-00002-of-00002.safetensors is missing'],
    ['checkpoint-1500/pytorch_model.bin', 1500, null],
    ['checkpoint-2000/model.safetensors', 2000, 'no trainer_state.json: the save was not finished'],
    ['checkpoint-500/model.safetensors', 500, null],
  ]);
  expect(problems.map(({ path }) => path)).toEqual(['tmp-checkpoint-2500']);
  expect(await readJson(['runs', dirname(run)])).toMatchObject({
    runs: [{ path: 'huggingface', versions: 5 }],
  });
});

test('a checkpoint folder is named by its name or number, sealed with every file, verified alone, and moved as one', async () => {
  const run = await copyRun('huggingface');
  const id = 'checkpoint-500/model.safetensors';
  expect(await readJson(['show', run, 'checkpoint-500'])).toMatchObject({ id, version: 500 });
  expect((await runCli(['seal', run])).stdout).toContain('checkpoint-500/scheduler.pt');
  const folder = join(run, 'checkpoint-500');
  expect(await runCli(['verify', folder])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('verified'),
  });
  await appendFile(join(folder, 'scheduler.pt'), 'x');
  expect(await runCli(['verify', folder])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('scheduler.pt: '),
  });
  await runCli(['trash', run, '500']);
  expect(await readdir(run)).not.toContain('checkpoint-500');
  await runCli(['undo', run]);
  expect((await readdir(join(run, 'checkpoint-500'))).sort()).toEqual([
    'config.json',
    'model.safetensors',
    'optimizer.pt',
    'rng_state.pth',
    'scheduler.pt',
    'trainer_state.json',
  ]);
});

test('every command that reads a run goes by the layout that is asked for, as the list does', async () => {
  const run = await copyRun('orbax');
  const ids = async (...words: string[]) =>
    ((await readJson([...words, '--layout', 'orbax'])) as { versions: { id: string }[] }).versions.map(
      ({ id }) => id,
    );
  const listed = await ids('ls', run);
  expect(listed.length).toBeGreaterThan(0);
  expect((await ids('prune', run, '--keep-latest', '1', '--metric', 'loss')).sort()).toEqual(
    [...listed].sort(),
  );
  const word = listed[0] ?? '';
  for (const call of [
    ['show', run, word],
    ['latest', run],
    ['verify', run],
    ['backup', run, word],
  ]) {
    // Each of another framework has no version here, and is no run.
    const { code, stderr } = await runCli([...call, '--layout', 'keras']);
    expect([call[0], code]).toEqual([call[0], 2]);
    expect(stderr).toContain('as the layout keras has it');
    expect((await runCli([...call, '--layout', 'orbax'])).code).toBe(0);
  }
  for (const call of [
    'best',
    'report',
    'watch',
    'trash',
    'export',
    'seal',
    'benchmark',
    'pin',
    'note',
    'tag',
  ])
    expect((await runCli([call, '--help'])).stdout).toContain('--layout <name>');
});

test('runs in folders below a run are told with the command that lists them', async () => {
  const run = await copyRun('keras');
  expect(await readJson(['ls', run])).toMatchObject({ runs_below: [] });
  await cp(join(layouts, 'orbax'), join(run, 'earlier/orbax'), { recursive: true });
  expect(await readJson(['ls', run])).toMatchObject({ runs_below: ['earlier/orbax'] });
  expect((await runCli(['ls', run])).stdout).toContain(
    `\n1 run is below, in earlier/orbax: cairn runs ${run}\n`,
  );
});

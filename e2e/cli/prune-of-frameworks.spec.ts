import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';

interface Plan {
  versions: { id: string; keep: boolean; reasons: string[] }[];
}

test('the best by what no version has is refused, with what they have, and no version goes', async () => {
  const run = join(await tempFolder('unranked'), 'huggingface');
  await cp(join(import.meta.dirname, '../fixtures/layouts/huggingface'), run, { recursive: true });
  const { code, stderr } = await runCli(['prune', run, '--keep-best', '1', '--kinds', 'all', '--yes']);
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(
      /no version has a mean_reward — keeping the \d+ best would keep none — .*--metric eval_loss/,
    ),
  ]);
  expectOneLineError(stderr);
  await readJson(['prune', run, '--keep-best', '1', '--kinds', 'all', '--metric', 'eval_loss']);
  // Checkpoints are none of the best models that a prune without a rule is about.
  await readJson(['prune', run]);
  // As many as the config says are no other rule.
  await mkdir(join(run, '.hydra'));
  await writeFile(
    join(run, '.hydra/config.yaml'),
    'max_best_models: 1\nbest_model_selection_metric: Sharpe\n',
  );
  const { code: own, stderr: told } = await runCli(['prune', run, '--kinds', 'all', '--yes']);
  expect([own, told]).toEqual([
    2,
    expect.stringMatching(/no version has a Sharpe — keeping the 1 best would keep none/),
  ]);
});

test('no rule takes a version away where it is not known which is the best; where nothing was measured that is said', async () => {
  const run = join(await tempFolder('undecided'), 'keras');
  await cp(join(import.meta.dirname, '../fixtures/layouts/keras'), run, { recursive: true });
  for (const rule of ['--keep-latest', '--keep-every']) {
    const { code, stderr } = await runCli(['prune', run, rule, '1', '--yes']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/which one is the best, and must stay, is not known — .*--metric val_loss/),
    ]);
    expectOneLineError(stderr);
  }
  await readJson(['prune', run, '--keep-latest', '1', '--metric', 'val_loss']);
  const bare = join(await tempFolder('unmeasured'), 'run');
  await cp(join(import.meta.dirname, '../fixtures/layouts/distributed-checkpoint'), bare, {
    recursive: true,
  });
  expect(await readJson(['prune', bare, '--keep-latest', '1'])).toMatchObject({
    warnings: [expect.stringMatching(/^No version has a metric/)],
  });
});

test('so many best are kept of all versions where a framework laid the run out, without another option', async () => {
  const run = join(await tempFolder('best-of-framework'), 'keras');
  await cp(join(import.meta.dirname, '../fixtures/layouts/keras'), run, { recursive: true });
  const rules = ['--keep-best', '1', '--metric', 'val_loss'];
  const asked = await readJson(['prune', run, ...rules, '--kinds', 'all']);
  expect(await readJson(['prune', run, ...rules])).toEqual(asked);
  expect((asked as Plan).versions.some(({ keep }) => !keep)).toBe(true);
  // As many as the config says are about best models, here as anywhere.
  expect(await readJson(['prune', run])).toMatchObject({ kinds: 'best' });
  const { stdout } = await runCli(['prune', run, run, ...rules]);
  expect(stdout).toContain('Best models and checkpoints are concerned. --kinds best leaves');
});

test('where a rule about the best finds checkpoints alone, the plan has the command that chooses among them', async () => {
  const run = await tempFolder('plain');
  for (const [step, reward] of [1, 3, 2].entries()) {
    await writeFile(join(run, `net_${step}.pt`), `no checkpoint ${step}`);
    await writeFile(join(run, `net_${step}.json`), JSON.stringify({ reward }));
  }
  const { stdout } = await runCli(['prune', run, '--keep-best', '1', '--metric', 'reward']);
  const [, command = ''] =
    /\nNothing to remove\. To choose among checkpoints too: cairn (.*)\n$/.exec(stdout) ?? [];
  expect((await runCli(command.split(' '))).stdout).toMatch(
    /\nBest models and checkpoints are concerned\..*would go to the trash/s,
  );
});

test('what the framework keeps as its best, and what it goes on from, is left alone by the rules', async () => {
  const run = join(await tempFolder('wanted'), 'version_0');
  await cp(join(import.meta.dirname, '../fixtures/layouts/lightning_logs/version_0'), run, {
    recursive: true,
  });
  const plan = (await readJson(['prune', run, '--keep-latest', '1'])) as Plan;
  const kept = plan.versions.filter(({ keep }) => keep).map(({ id, reasons }) => [id, reasons]);
  expect(kept).toContainEqual([
    'checkpoints/epoch=1-step=20-val_loss=-0.25.ckpt',
    expect.arrayContaining(['Lightning keeps it as the best']),
  ]);
  expect(kept).toContainEqual([
    'checkpoints/last.ckpt',
    expect.arrayContaining(['Lightning goes on from it']),
  ]);
});

test('of several policies the best and the newest of each are left alone by the rules', async () => {
  const run = join(await tempFolder('policies'), 'sample-factory-policies');
  await cp(join(import.meta.dirname, '../fixtures/layouts/sample-factory-policies'), run, {
    recursive: true,
  });
  const plan = (await readJson(['prune', run, '--keep-latest', '1'])) as Plan;
  expect(plan.versions.flatMap(({ id, keep }) => (keep ? [] : [id])).sort()).toEqual([
    'checkpoint_p0/checkpoint_000000978_4005888.pth',
    'checkpoint_p1/checkpoint_000000978_4005888.pth',
  ]);
});

test('the model at the top of a folder of Hugging Face stays, and what loads it goes with it into copies', async () => {
  const [folder, copies] = [await tempFolder('final'), await tempFolder('copies')];
  const run = join(folder, 'huggingface');
  const layout = join(import.meta.dirname, '../fixtures/layouts/huggingface');
  await cp(layout, run, { recursive: true });
  for (const name of ['model.safetensors', 'config.json'])
    await cp(join(layout, 'checkpoint-500', name), join(run, name));
  await writeFile(join(run, 'tokenizer.json'), '{}');
  const plan = (await readJson(['prune', run, '--keep-latest', '1'])) as Plan;
  expect(plan.versions.find(({ id }) => id === 'model.safetensors')).toMatchObject({
    keep: true,
    reasons: ['training ended with it'],
  });
  await runCli(['export', run, 'model.safetensors', '--to', copies]);
  expect((await readdir(copies)).sort()).toEqual(
    expect.arrayContaining(['config.json', 'model.safetensors', 'tokenizer.json']),
  );
  const before = await readFile(join(run, 'config.json'), 'utf8');
  const { id } = (await readJson(['backup', run, 'model.safetensors'])) as { id: string };
  for (const name of ['model.safetensors', 'config.json', 'tokenizer.json']) await rm(join(run, name));
  await runCli(['restore', run, id]);
  expect(await readFile(join(run, 'config.json'), 'utf8')).toBe(before);
  expect(await readdir(run)).toEqual(expect.arrayContaining(['model.safetensors', 'tokenizer.json']));
});

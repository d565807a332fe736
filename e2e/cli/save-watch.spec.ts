import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  chmod,
  copyFile,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asVerifyReport, expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli, startCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const model = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const other = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';

let watching: ChildProcess | null = null;
test.afterEach(() => void watching?.kill('SIGKILL'));

interface Listed {
  id: string;
  version: number | null;
  reward: number | string | null;
  step: number | null;
  tags: string[];
}

interface Watched {
  run: string;
  folder: string;
  /** The documents printed so far. */
  saved: {
    id: string;
    version: number | null;
    companions: { id: string; checksum: string }[];
    pruned: string[];
    operation: string | null;
  }[];
  /** What it said beside. */
  notices: () => string;
  stop: () => Promise<number | null>;
}

/** @param config of the run; without, that is made by the command */
async function watch(rest: string[], config?: string): Promise<Watched> {
  const [run, folder] = [join(await tempFolder('watch'), 'run'), join(await tempFolder('watch'), 'logs')];
  if (config !== undefined) {
    await mkdir(join(run, '.hydra'), { recursive: true });
    await writeFile(join(run, '.hydra/config.yaml'), config);
  }
  await mkdir(folder);
  const child = startCli(['save', run, '--watch', folder, '--json', ...rest]);
  watching = child;
  const saved: Watched['saved'] = [];
  let text = '';
  let notices = '';
  child.stderr?.setEncoding('utf8').on('data', (data: string) => {
    notices += data;
  });
  child.stdout?.setEncoding('utf8').on('data', (data: string) => {
    text += data;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    saved.push(...lines.map((line) => JSON.parse(line) as Watched['saved'][number]));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  return { run, folder, saved, notices: () => notices, stop };
}

test('what a framework writes into a folder becomes a version once it is whole, and only once', async () => {
  const sample = await copySampleRun();
  const bytes = await readFile(join(sample, model));
  const { run, folder, saved, notices, stop } = await watch(['--tag', 'sb3', '--no-prune']);
  // In place and in pieces, as most frameworks write.
  const path = join(folder, 'rl_model_5000_steps.zip');
  await writeFile(path, bytes.subarray(0, 9000));
  await new Promise((resolve) => setTimeout(resolve, 700));
  await appendFile(path, bytes.subarray(9000));
  await expect.poll(() => saved.length, { timeout: 20_000 }).toBe(1);
  // To another name first, as careful ones do.
  await copyFile(join(sample, other), join(folder, '.next.tmp'));
  await rename(join(folder, '.next.tmp'), join(folder, 'model_v0002_reward0.7500_20260302_113000.pt'));
  await expect.poll(() => saved.length, { timeout: 20_000 }).toBe(2);
  // The same bytes again.
  await copyFile(join(sample, model), join(folder, 'copy.pt'));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await stop()).toBe(0);
  expect(notices()).toMatch(/^watching .*logs: what comes into it whole becomes a version of .*run, until/m);
  const { versions } = (await readJson(['ls', run])) as { versions: Listed[] };
  expect(versions.map(({ version, reward, step, tags }) => [version, reward, step, tags])).toEqual([
    // A whole name of the reference's goes before what the file says of itself, and that before any other name.
    [2, 0.75, expect.any(Number), ['sb3']],
    [1, expect.closeTo(0.4346, 4), 322_560, ['sb3']],
  ]);
  expect(await readFile(join(run, versions[1]?.id ?? ''))).toEqual(bytes);
  expect((await readdir(folder)).sort()).toEqual(
    ['copy.pt', 'model_v0002_reward0.7500_20260302_113000.pt', 'rl_model_5000_steps.zip'].sort(),
  );
});

test('as the config of the run says, what is worse goes to the trash, and comes back from there', async () => {
  const sample = await copySampleRun();
  const { run, folder, saved, stop } = await watch([], 'model_storage:\n  max_best_models: 2\n');
  const written = [
    'model_v0006_reward0.3828_20260302_104200.pt',
    'model_v0011_reward0.4346_20260302_114200.pt',
    'model_v0009_reward0.4118_20260302_111800.pt',
    'model_v0002_reward0.3404_20260302_095400.pt',
  ];
  for (const [index, name] of written.entries()) {
    await copyFile(join(sample, 'best_models', name), join(folder, '.next.tmp'));
    await rename(join(folder, '.next.tmp'), join(folder, name));
    await expect.poll(() => saved.length, { timeout: 20_000 }).toBe(index + 1);
  }
  expect(await stop()).toBe(0);
  const rewards = async () => {
    const { versions } = (await readJson(['ls', run])) as { versions: Listed[] };
    return versions.map(({ reward }) => Number(reward).toFixed(4)).sort();
  };
  // The worst of all is the newest that is intact.
  expect(await rewards()).toEqual(['0.3404', '0.4118', '0.4346']);
  const [first] = saved;
  expect(saved.map(({ pruned }) => pruned)).toEqual([[], [], [first?.id], []]);
  await readJson(['undo', run, saved[2]?.operation ?? '']);
  expect(await rewards()).toEqual(['0.3404', '0.3828', '0.4118', '0.4346']);
});

test('what stable-baselines3 saves with a model comes with it; rot of either is found, by name', async () => {
  const { run, folder, saved, notices, stop } = await watch([]);
  const kinds = ['vecnormalize', 'replay_buffer'];
  const written = kinds.map((kind) => `rl_model_${kind}_10000_steps.pkl`);
  for (const name of ['rl_model_10000_steps.zip', ...written])
    await copyFile(join(fixtures, 'sb3-run', name), join(folder, name));
  await expect.poll(() => saved.length, { timeout: 20_000 }).toBe(1);
  expect(await stop()).toBe(0);
  const [{ id, companions } = { id: '', companions: [] }] = saved;
  const ids = kinds.map((kind) => id.replace(/\.zip$/, `.${kind}.pkl`));
  expect(companions.map((each) => each.id)).toEqual(ids);
  for (const [index, each] of ids.entries())
    expect(await readFile(join(run, each))).toEqual(await readFile(join(folder, written[index] ?? '')));
  expect(await readFile(join(run, 'SHA256SUMS'), 'utf8')).toBe(
    companions.map((each) => `${each.checksum}  ${each.id}\n`).join(''),
  );
  expect(await readJson(['show', run, id])).toMatchObject({ companions: ids, problems: [] });
  expect(notices()).not.toContain('not saved');
  expect(asVerifyReport(await readJson(['verify', run]))).toMatchObject({
    ok: true,
    counts: { verified: 1 },
  });
  const [statistics = '', buffer = ''] = ids.map((each) => join(run, each));
  const whole = await readFile(statistics);
  const rotten = Buffer.from(whole);
  rotten.writeUInt8(rotten.readUInt8(rotten.length >> 1) ^ 1, rotten.length >> 1);
  for (const damage of [rotten, whole.subarray(0, whole.length - 40)]) {
    await writeFile(statistics, damage);
    const { ok, files } = asVerifyReport(await readJson(['verify', run], 1));
    const of = files.find((file) => file.id === id);
    expect([ok, files.length, of?.state]).toEqual([false, 1, 'mismatch']);
    expect(of?.detail?.startsWith(`${ids[0]}: `)).toBe(true);
    // The version is asked for by its file too.
    expect((await runCli(['verify', join(run, id)])).stdout).toMatch(/^mismatch .*vecnormalize/);
    expect((await runCli(['best', run])).code).toBe(1);
  }
  await writeFile(statistics, whole);
  expect((await runCli(['verify', run])).code).toBe(0);
  await rm(buffer);
  const gone = await runCli(['verify', run]);
  expect([gone.code, gone.stdout]).toEqual([
    1,
    expect.stringMatching(/mismatch .*replay_buffer.*it is missing/),
  ]);
});

test('a checkpoint that is a folder is adopted whole, with what its framework wrote of how good it is', async () => {
  const { run, folder, saved, stop } = await watch(['--tag', 'ppo', '--metric', 'seed=7']);
  const from = join(fixtures, 'layouts/checkpoint-folders/checkpoint_1000');
  await cp(from, join(folder, 'checkpoint_1000'), { recursive: true });
  // As long as its framework is not done with it, it is nobody's.
  await cp(join(fixtures, 'layouts/huggingface/checkpoint-2000'), join(folder, 'checkpoint-2000'), {
    recursive: true,
  });
  await expect.poll(() => saved.length, { timeout: 20_000 }).toBe(1);
  expect(await stop()).toBe(0);
  const { versions } = (await readJson(['ls', run])) as { versions: Listed[] };
  const [{ id = '', ...version } = {} as Partial<Listed>] = versions;
  expect(version).toMatchObject({ version: 1, tags: ['ppo'], reward: expect.any(Number), step: 1000 });
  expect(id).toBe(saved[0]?.id);
  const own = join(run, id, '..');
  for (const name of await readdir(from))
    expect(await readFile(join(own, name))).toEqual(await readFile(join(from, name)));
  const sums = await readFile(join(run, 'SHA256SUMS'), 'utf8');
  expect(
    sums
      .split('\n')
      .filter((line) => line.includes(`  ${basename(join(id, '..'))}/`) || line.includes('best_models/')),
  ).toHaveLength((await readdir(own)).length);
  expect(asVerifyReport(await readJson(['verify', run]))).toMatchObject({
    ok: true,
    counts: { verified: 1 },
  });
  const trashed = (await readJson(['trash', run, id])) as { operations: { id: string }[] };
  expect(await readdir(join(run, 'best_models'))).toEqual([]);
  await readJson(['undo', run, trashed.operations[0]?.id ?? '']);
  expect(await readFile(join(run, id))).toEqual(await readFile(join(from, basename(id))));
});

test('a run that cannot be written to is refused at once; what is waited for is told', async () => {
  const [run, folder] = [await tempFolder('watch'), await tempFolder('watch')];
  await chmod(run, 0o555);
  const refused = await runCli(['save', run, '--watch', folder]);
  await chmod(run, 0o755);
  expectOneLineError(refused.stderr);
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('the run is read-only')]);
  const watched = await watch([]);
  await writeFile(
    join(watched.folder, 'half.pt'),
    (await readFile(join(await copySampleRun(), model))).subarray(0, 999),
  );
  await expect
    .poll(watched.notices, { timeout: 20_000 })
    .toMatch(/^waiting for .*half\.pt: it is not whole: /m);
  expect(await watched.stop()).toBe(0);
});

test('a call that cannot be meant is refused in one line, before anything is made', async () => {
  const sample = await copySampleRun();
  const empty = join(await tempFolder('watch'), 'run');
  for (const args of [
    ['save', empty, '--reward', '1'],
    ['save', empty, '--watch', sample, '--weights', join(sample, model)],
    ['save', sample, '--watch', join(sample, 'best_models')],
    ['save', sample, '--watch', sample],
    ['save', sample, '--watch', '/nowhere/at/all'],
    ['save', sample, '--watch', empty, '--name', 'x.pt'],
  ]) {
    const finished = await runCli(args);
    expectOneLineError(finished.stderr);
    expect([args, finished.code]).toEqual([args, 2]);
  }
});

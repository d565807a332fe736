import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli, startCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

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
  saved: { id: string; version: number | null }[];
  stop: () => Promise<number | null>;
}

async function watch(...rest: string[]): Promise<Watched> {
  const [run, folder] = [join(await tempFolder('watch'), 'run'), join(await tempFolder('watch'), 'logs')];
  await mkdir(folder);
  const child = startCli(['save', run, '--watch', folder, '--json', ...rest]);
  watching = child;
  const saved: Watched['saved'] = [];
  let text = '';
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
  return { run, folder, saved, stop };
}

test('what a framework writes into a folder becomes a version once it is whole, and only once', async () => {
  const sample = await copySampleRun();
  const bytes = await readFile(join(sample, model));
  const { run, folder, saved, stop } = await watch('--tag', 'sb3', '--no-prune');
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
  const { versions } = (await readJson(['ls', run])) as { versions: Listed[] };
  expect(versions.map(({ version, reward, step, tags }) => [version, reward, step, tags])).toEqual([
    [2, 0.75, null, ['sb3']],
    [1, 'NaN', 5000, ['sb3']],
  ]);
  expect(await readFile(join(run, versions[1]?.id ?? ''))).toEqual(bytes);
  expect((await readdir(folder)).sort()).toEqual(
    ['copy.pt', 'model_v0002_reward0.7500_20260302_113000.pt', 'rl_model_5000_steps.zip'].sort(),
  );
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

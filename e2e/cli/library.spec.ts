import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { builtApp } from '../driver/places.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';

const checkout = join(builtApp, '..');
const run = promisify(execFile);

const options = {
  module: 'nodenext',
  target: 'es2023',
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  types: ['node'],
};

/** The library's example in a page. */
async function readExample(page = 'README.md'): Promise<string> {
  const text = await readFile(join(checkout, page), 'utf8');
  const examples = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
  return examples.find((code) => code.includes("from 'cairn/core'")) ?? '';
}

/** A program of somebody who installed the app as a package. */
async function makeProgram(code: string): Promise<string> {
  const folder = await tempFolder('library');
  await mkdir(join(folder, 'node_modules'));
  await symlink(builtApp, join(folder, 'node_modules/cairn'));
  await symlink(join(checkout, 'node_modules/@types'), join(folder, 'node_modules/@types'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  await writeFile(join(folder, 'example.ts'), code);
  return folder;
}

const compile = (cwd: string) => run(join(checkout, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd });

test('the example of the README passes the compiler, runs, and prints version and reward', async () => {
  const folder = await makeProgram(await readExample());
  await compile(folder);
  const { stdout } = await run(process.execPath, ['example.js'], { cwd: folder });
  expect(stdout).toBe('version 1, reward 0.95\n');
  const { versions } = (await readJson(['ls', join(folder, 'outputs/run')])) as { versions: unknown[] };
  expect(versions).toMatchObject([{ version: 1, reward: 0.95, metrics: { sharpe: 1.5, win_rate: 0.65 } }]);
});

test('what a program gets wrong is refused by the compiler: the declarations say more than nothing', async () => {
  const folder = await makeProgram((await readExample()).replace('reward: 0.95', "reward: 'high'"));
  const { stdout } = await compile(folder).catch((error: { stdout: string }) => error);
  expect(stdout).toContain("Type 'string' is not assignable to type 'number'");
});

test('the training of docs/training.md saves by its rules, ends saved, and goes on from there', async () => {
  const folder = await makeProgram(await readExample('docs/training.md'));
  await compile(folder);
  const train = async () => (await run(process.execPath, ['example.js'], { cwd: folder })).stdout;
  expect(await train()).toBe('goes on at step 1 with 0\n');
  expect(await train()).toBe('goes on at step 26 with 25\n');
  const listed = (await readJson(['ls', join(folder, 'outputs/run')])) as {
    versions: { kind: string; training_state: { global_step: number } }[];
  };
  const checkpoint = listed.versions.find(({ kind }) => kind === 'checkpoint');
  expect(checkpoint?.training_state.global_step).toBe(50);
  expect(listed.versions.some(({ kind }) => kind === 'best')).toBe(true);
});

test('the benchmark of docs/benchmark.md measures with a function, and puts what it found into the sidecars', async () => {
  const made = `
import { mkdir, stat } from 'node:fs/promises';
import { ModelManager } from 'cairn/core';
await mkdir('run');
const manager = new ModelManager('run');
const ids: string[] = [];
for (const reward of [1, 2]) ids.push((await manager.saveBestModel({ source: { model: {} }, reward })).id);
const measure = async (model: string, seed: number, signal: AbortSignal) => {
  signal.throwIfAborted();
  return (await stat(model)).isFile() ? seed : Number.NaN;
};
`;
  const folder = await makeProgram(`${made}${await readExample('docs/benchmark.md')}
console.log(JSON.stringify(versions.map(({ ok, metrics }) => [ok, metrics['score']?.mean])));
`);
  await compile(folder);
  const { stdout } = await run(process.execPath, ['example.js'], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual([
    [true, 1],
    [true, 1],
  ]);
  const { versions } = (await readJson(['ls', join(folder, 'run')])) as {
    versions: { metrics: Record<string, number> }[];
  };
  expect(versions.map(({ metrics }) => metrics['bench_score'])).toEqual([1, 1]);
});

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asInspection, expectOneLineError } from '../driver/json-shapes.ts';
import { runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const model = 'checkpoints/checkpoint_step_000451584.pt';
const weight = 'model_state_dict.trunk.0.weight';

const inspect = (path: string, ...options: string[]) => runCli(['inspect', path, ...options]);

test.describe.configure({ mode: 'parallel' });

test('a module is exported as one npz, which inspect reads with the same numbers', async () => {
  const file = join(await copySampleRun(), model);
  const target = join(await tempFolder('export'), 'trunk.npz');
  const { code, stdout } = await inspect(
    file,
    '--export',
    target,
    '--tensor',
    'model_state_dict.trunk',
    '--json',
  );
  const { exported } = JSON.parse(stdout);
  expect([code, exported]).toEqual([
    0,
    { path: target, tensors: 4, bytes: (await readFile(target)).length, left_out: [] },
  ]);
  const statsOf = async (path: string) => {
    const { tensors } = JSON.parse((await inspect(path, '--stats', '--json')).stdout);
    return new Map<string, unknown>(
      tensors.map(({ name, stats }: { name: string; stats: unknown }) => [name, stats]),
    );
  };
  const [before, after] = [await statsOf(file), await statsOf(target)];
  expect(after.size).toBe(4);
  for (const [name, stats] of after) expect([name, stats]).toEqual([name, before.get(name)]);
});

test('all tensors are exported into a new folder, one by itself as npy or CSV', async () => {
  const file = join(await copySampleRun(), model);
  const folder = await tempFolder('export');
  const all = await inspect(file, '--export', join(folder, 'arrays'));
  expect([all.code, all.stdout]).toEqual([0, expect.stringContaining('arrays: 32 tensors, ')]);
  const names = await readdir(join(folder, 'arrays'));
  expect(names).toHaveLength(32);
  expect(names).toContain(`${weight}.npy`);
  const texts = await inspect(file, '--export', join(folder, 'texts'), '--csv', '--tensor', weight);
  expect([texts.code, await readdir(join(folder, 'texts'))]).toEqual([0, [`${weight}.csv`]]);
  expect((await inspect(file, '--export', join(folder, 'w.csv'), '--tensor', weight)).code).toBe(0);
  expect(await readFile(join(folder, 'w.csv'))).toEqual(await readFile(join(folder, `texts/${weight}.csv`)));
  expect((await readFile(join(folder, 'w.csv'), 'utf8')).trim().split('\n')).toHaveLength(24);
  const again = await inspect(file, '--export', join(folder, 'w.csv'), '--tensor', weight);
  expect(again.code).toBe(2);
  expectOneLineError(again.stderr);
  expect(again.stderr).toContain('is there already');
});

test('what cannot be exported so is refused in one line, and nothing is made', async () => {
  const file = join(await copySampleRun(), model);
  const folder = await tempFolder('export');
  const calls = [
    ['--export', join(folder, 'a.npy')],
    ['--export', join(folder, 'a.npz'), '--tensor', 'no.such'],
    ['--export', join(folder, 'none/a.npz')],
    ['--export', join(folder, 'a.npz'), '--csv'],
    ['--export', join(folder, 'a.npy'), '--csv', '--tensor', weight],
    ['--tensor', weight],
    ['--csv'],
  ];
  for (const options of calls) {
    const { code, stderr } = await inspect(file, ...options);
    expect([options, code]).toEqual([options, 2]);
    expectOneLineError(stderr);
  }
  expect(await readdir(folder)).toEqual([]);
});

test('names of tensors that lead away become plain file names', async () => {
  const folder = await tempFolder('export');
  const npz = join(fixtures, 'formats/plain.pt');
  const { tensors } = asInspection(JSON.parse((await inspect(npz, '--json')).stdout));
  const { code } = await inspect(npz, '--export', join(folder, 'arrays'));
  expect(code).toBe(0);
  const names = await readdir(join(folder, 'arrays'));
  expect(names.length).toBeGreaterThan(0);
  expect(names.length).toBeLessThanOrEqual(tensors.length);
  for (const name of names) expect(name).toMatch(/^\w[\w.-]*\.npy$/);
  expect(await readdir(folder)).toEqual(['arrays']);
});

import { access, chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { weightsToSave } from '../fixtures/weights-to-save.ts';

function save(run: string, weights: string, ...rest: string[]) {
  return readJson(['save', run, '--weights', weights, ...rest]);
}

test('a metric or reward that is no number is refused in our words', async () => {
  const { weights, run } = await weightsToSave();
  const refused = async (...words: string[]) =>
    (await runCli(['save', run, '--weights', weights, '--reward', '1', ...words])).stderr;
  expect(await refused('--metric', 'sharpe=x')).toBe(
    'cairn: “x” is not a value of sharpe — --metric takes a number, nan, inf or -inf — such as sharpe=1.5\n',
  );
  expect(await refused('--reward', 'x')).toBe(
    'cairn: “x” is not a value for --reward — it must be a number, nan, inf or -inf — see cairn save --help\n',
  );
  await expect(access(run)).rejects.toThrow();
});

test('what cannot be saved is refused in one line, and nothing is left behind', async () => {
  const { weights, run } = await weightsToSave();
  await save(run, weights, '--reward', '1');
  const before = await readdir(run, { recursive: true });
  const calls: [string[], number][] = [
    [['save', run, '--weights', '/nowhere.pt', '--reward', '1'], 2],
    [['save', run, '--weights', run, '--reward', '1'], 2],
    [['save', run, '--weights', weights, '--reward', 'much'], 2],
    [['save', run, '--weights', weights], 2],
    [['save', run, '--weights', weights, '--reward', '1', '--metric', 'sharpe'], 2],
    [['save', run, '--weights', weights, '--reward', '1e400'], 2],
    [['save', run, '--weights', weights, '--reward', '1', '--metric', 'k=1', '--metric', 'k=2'], 2],
    [['save', run, '--weights', weights, '--reward', '1', '--name', '../x.pt'], 2],
    [['save', run, '--weights', weights, '--reward', '1', '--name', 'x.exe'], 2],
    [['save', weights, '--weights', weights, '--reward', '1'], 2],
  ];
  for (const [args, code] of calls) {
    const finished = await runCli(args);
    expectOneLineError(finished.stderr);
    expect([args.slice(4), finished.code]).toEqual([args.slice(4), code]);
  }
  expect(await readdir(run, { recursive: true })).toEqual(before);
});

test('a run that is read-only is not written to', async () => {
  const { weights, run } = await weightsToSave();
  await save(run, weights, '--reward', '1');
  await chmod(run, 0o555);
  const finished = await runCli(['save', run, '--weights', weights, '--reward', '1']);
  await chmod(run, 0o755);
  expectOneLineError(finished.stderr);
  expect([finished.code, finished.stderr]).toEqual([3, expect.stringContaining('read-only')]);
});

test('a save that is refused makes no run', async () => {
  const folder = await tempFolder('writing');
  const [run, weights] = [join(folder, 'new/run'), join(folder, 'w.pt')];
  await writeFile(weights, 'weights');
  const given = ['--weights', weights, '--reward', '1'];
  const strict = join(folder, '.strict.yaml');
  const wrong = join(folder, '.wrong.yaml');
  await writeFile(strict, 'strict_mode: true\n');
  await writeFile(wrong, 'strict_mode: true\nmax_best_models: many\n');
  const calls: [code: number, call: string[]][] = [
    [2, ['--weights', join(folder, 'missing.pt'), '--reward', '1']],
    [2, ['--weights', folder, '--reward', '1']],
    [2, [...given, '--name', '../x.pt']],
    [2, [...given, '--name', 'x.txt']],
    [2, [...given, '--config', join(folder, 'missing.yaml')]],
    [3, [...given, '--config', strict]],
    [3, [...given, '--config', wrong]],
    [2, ['--watch', folder, '--name', 'x.pt']],
    [2, ['--watch', folder]],
    [2, ['--watch', join(folder, 'nowhere')]],
  ];
  for (const [code, call] of calls) {
    const refused = await runCli(['save', run, ...call]);
    expect([call, refused.code, await readdir(folder)]).toEqual([
      call,
      code,
      ['.strict.yaml', '.wrong.yaml', 'w.pt'],
    ]);
    expect(refused.stderr).toMatch(/^cairn: [^\n]+\n$/);
  }
});

test('a name with a control character is refused in one line', async () => {
  const { weights, run } = await weightsToSave();
  for (const kind of ['best', 'checkpoint']) {
    const named = ['--kind', kind, '--name', 'a\u001b[31m\n.pt'];
    const { code, stderr } = await runCli(['save', run, '--weights', weights, '--reward', '1', ...named]);
    expectOneLineError(stderr);
    expect([code, stderr]).toEqual([2, expect.stringContaining('it has an unprintable character')]);
  }
});

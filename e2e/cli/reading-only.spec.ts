import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, chown, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from '@playwright/test';
import { runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

/** Everything that a write would change: each path with its size, mode and times. */
async function fingerprint(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const entries = ['', ...names].map(async (name) => {
    const { size, mode, mtimeMs, ctimeMs } = await stat(join(folder, name));
    return `${name} ${size} ${mode} ${mtimeMs} ${ctimeMs}`;
  });
  return (await Promise.all(entries)).sort();
}

/** The system calls of a command that name a path below the run. */
async function traceCalls(args: string[], run: string, calls: string): Promise<string[]> {
  const file = join(await tempFolder('trace'), 'trace.txt');
  const { code } = await runCli(args, { under: ['strace', '-f', '-qq', '-e', `trace=${calls}`, '-o', file] });
  expect(code).toBe(0);
  return (await readFile(file, 'utf8')).split('\n').filter((line) => line.includes(run));
}

test('ls opens no model that a sidecar describes, and writes nothing: strace saw every open', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const run = await copySampleRun();
  const opened = await traceCalls(['ls', run, '--json'], run, 'openat,open,openat2,creat');
  const files = opened.map((line) => /"([^"]*)"/.exec(line)?.[1] ?? '');
  expect(files.filter((file) => file.endsWith('.json')).length).toBeGreaterThan(20);
  const models = files.filter((file) => /\.(pt|pt\.backup|tmp)$/.test(file));
  expect([...new Set(models)].map((file) => relative(run, file)).sort()).toEqual([
    'best_models/model_v0003_reward0.3367_20260302_100600.pt',
    'best_models/model_v0005_reward0.3498_20260302_103000.pt',
    'checkpoints/checkpoint.pt',
  ]);
  expect(opened.filter((line) => /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND/.test(line))).toEqual([]);
  const changing =
    'mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,chmod,fchmodat,truncate,utimensat';
  expect(await traceCalls(['ls', run], run, changing)).toEqual([]);
});

test('of a run in which sidecars tell everything, ls opens no model at all; with --check it does', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const run = await copySampleRun();
  for (const bare of [
    'best_models/model_v0003_reward0.3367_20260302_100600.pt',
    'best_models/model_v0005_reward0.3498_20260302_103000.pt',
    'best_models/model_v0005_reward0.3498_20260302_103000.json',
    'checkpoints/checkpoint.pt',
  ])
    await rm(join(run, bare));
  const modelsOpened = async (args: string[]) => {
    const opened = await traceCalls(args, run, 'openat,open,openat2');
    return opened.filter((line) => /\.pt"/.test(line)).length;
  };
  expect(await modelsOpened(['ls', run, '--json'])).toBe(0);
  expect(await modelsOpened(['ls', run, '--where', 'sharpe > 0'])).toBe(0);
  expect(await modelsOpened(['ls', run, '--check'])).toBeGreaterThan(20);
});

test('the trace would show it: verify does open models and does write', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const run = await copySampleRun();
  const file = join(await tempFolder('trace'), 'trace.txt');
  await runCli(['verify', run], { under: ['strace', '-f', '-qq', '-e', 'trace=openat,mkdir', '-o', file] });
  const trace = await readFile(file, 'utf8');
  expect(trace).toMatch(/openat\(.*model_v0011.*\.pt", O_RDONLY/);
  expect(trace).toMatch(/(mkdir|openat)\(.*\.cairn/);
});

test('listing, checking and showing leave a run exactly as it was', async () => {
  const run = await copySampleRun();
  const before = await fingerprint(run);
  for (const args of [
    ['ls', run],
    ['ls', run, '--check'],
    ['show', run, '7'],
  ]) {
    expect((await runCli(args)).code).toBe(0);
    expect([args, await fingerprint(run)]).toEqual([args, before]);
  }
});

test('a read-only run is never written to, whoever runs Cairn, and verify still remembers', async () => {
  const run = await copySampleRun();
  for (const folder of ['', 'best_models', 'checkpoints', 'temp', '.hydra'])
    await chmod(join(run, folder), 0o555);
  const before = await fingerprint(run);
  const under = ['env', `XDG_DATA_HOME=${await tempFolder('data')}`];
  expect((await runCli(['verify', run], { under })).code).toBe(1);
  expect(await fingerprint(run)).toEqual(before);
  const { stdout } = await runCli(['ls', run, '--json'], { under });
  expect(stdout).toContain('"state":"verified"');
  expect(await fingerprint(run)).toEqual(before);
  execFileSync('chmod', ['-R', 'u+w', run]);
});

test('where no folder can be made for what Cairn keeps, it goes without, and says so where it was asked to keep', async () => {
  test.skip(process.platform !== 'linux', '/proc is on Linux alone');
  const run = await copySampleRun();
  await chmod(run, 0o555);
  const nowhere = '/proc/self/nope';
  const homes = ['HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME'];
  const under = ['timeout', '20', 'env', ...homes.map((name) => `${name}=${nowhere}`)];
  expect((await runCli(['ls', run], { under })).code).toBe(0);
  expect((await runCli(['verify', run], { under })).code).toBe(1);
  for (const args of [
    ['pin', run, 'v2'],
    ['save', join(nowhere, 'run'), '--weights', 'package.json', '--reward', '1'],
    ['backup', run, 'v2', '--to', join(nowhere, 'store')],
  ]) {
    const { code, stderr } = await runCli(args, { under });
    expect([2, 3]).toContain(code);
    expect(stderr).toMatch(/^cairn: .* — .* — .*\n$/);
  }
  await chmod(run, 0o755);
});

test('a run that belongs to someone else is never written to', async () => {
  test.skip(process.getuid?.() !== 0, 'only root can give a folder away');
  const run = await copySampleRun();
  for (const folder of ['', 'best_models', 'checkpoints', 'temp', '.hydra'])
    await chown(join(run, folder), 65_534, 65_534);
  const before = await fingerprint(run);
  const under = ['env', `XDG_DATA_HOME=${await tempFolder('data')}`];
  for (const args of [
    ['verify', run],
    ['best', run],
    ['latest', run],
  ])
    await runCli(args, { under });
  expect(await fingerprint(run)).toEqual(before);
  // What people note, and backups, go to the app's own data.
  for (const args of [
    ['pin', run, 'v2'],
    ['tag', run, 'v2', '+good'],
    ['backup', run, 'v2'],
  ])
    expect([args, (await runCli(args, { under })).code]).toEqual([args, 0]);
  const { stdout } = await runCli(['show', run, 'v2', '--json'], { under });
  expect(JSON.parse(stdout)).toMatchObject({ pinned: true, tags: ['good'], backups: 1 });
  expect((await runCli(['prune', run, '--keep-best', '1', '--yes'], { under })).code).toBe(3);
  expect(await fingerprint(run)).toEqual(before);
});

test('stdout holds the document alone, and a reader that goes away is no fault', async () => {
  const run = await copySampleRun();
  for (const command of ['ls', 'verify', 'best']) {
    const { stdout } = await runCli([command, run, '--json']);
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stdout.endsWith('}\n')).toBe(true);
  }
  const cairn = join(import.meta.dirname, '../../app/cli/cairn.js');
  const script = ['"$1" "$2" ls "$3" --csv | head -n 1', 'exit $PIPESTATUS'].join('; ');
  const output = execFileSync('bash', ['-c', script, 'bash', process.execPath, cairn, run], {
    encoding: 'utf8',
  });
  expect(output.split('\n')).toHaveLength(2);
});

test('a command whose reader goes away ends with the code that says what it found', async () => {
  const run = await copySampleRun();
  const names = await readdir(join(run, 'best_models'));
  const model = join(run, 'best_models', names.find((name) => /_v0011_.*\.pt$/.test(name)) ?? '');
  const file = await open(model, 'r+');
  await file.write(Buffer.from([1, 2, 3]), 0, 3, 20_000);
  await file.close();
  const cairn = join(import.meta.dirname, '../../app/cli/cairn.js');
  const script = '"$@" | true; exit $PIPESTATUS';
  for (const [words, code] of [
    [['verify', run], 1],
    [['ls', run], 0],
    [['show', run, 'v999', '--json'], (await runCli(['show', run, 'v999'])).code],
  ] as const) {
    const { status } = spawnSync('bash', ['-c', script, 'bash', process.execPath, cairn, ...words]);
    expect([words[0], status]).toEqual([words[0], code]);
  }
});

test('a folder that cannot be read is named by best, latest and ls, and is no run without versions', async () => {
  const run = await copySampleRun();
  test.skip(process.getuid?.() === 0 && process.platform !== 'linux', 'root reads everything');
  await rm(join(run, 'checkpoints'), { recursive: true });
  await chmod(join(run, 'best_models'), 0);
  const under = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
  try {
    for (const command of ['best', 'latest']) {
      const { stderr, code } = await runCli([command, run], { under });
      expect([command, code]).toEqual([command, 1]);
      expect(stderr).toMatch(
        /cairn: no (best|latest) version — best_models was not seen: .*cannot be listed/,
      );
    }
    const { stdout, stderr, code } = await runCli(['ls', run], { under });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^not seen: best_models: /)]);
    expect(stdout).toContain('No version could be seen.');
  } finally {
    await chmod(join(run, 'best_models'), 0o755);
  }
});

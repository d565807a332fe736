import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readdir, readFile, readlink, rm, symlink, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { inPairs, readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';

const written = join(import.meta.dirname, '../fixtures/layouts');
const id = 'checkpoint-500/model.safetensors';

/** A run of Hugging Face's Trainer of which one folder is private within, with one folder more that holds nothing, and old. */
async function copyRun(): Promise<string> {
  const run = join(await tempFolder('version-folders'), 'gpt2');
  await cp(join(written, 'huggingface'), run, { recursive: true });
  const own = join(run, 'checkpoint-500');
  await mkdir(join(own, 'global_step500'));
  await cp(join(own, 'optimizer.pt'), join(own, 'global_step500/states.pt'));
  await mkdir(join(own, 'empty'));
  await chmod(join(own, 'global_step500'), 0o700);
  await chmod(join(own, 'empty'), 0o750);
  for (const name of await readdir(own, { recursive: true }))
    if ((await lstat(join(own, name))).isFile()) await utimes(join(own, name), 1.7e9, 1.7e9);
  return run;
}

/** What there is in a folder: modes, and of files the time and the bytes. */
async function told(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    const look = await lstat(path);
    const bytes = look.isFile() ? `${look.mtimeMs} ${await readFile(path, 'latin1')}` : '';
    lines.push(`${name} ${look.mode.toString(8)} ${look.isSymbolicLink() ? await readlink(path) : bytes}`);
  }
  return lines;
}

const check = (run: string) =>
  promisify(execFile)('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: run });

test('a folder that was lost comes back from its backup as it was: modes, empty folders, and times', async () => {
  const run = await copyRun();
  const before = await told(join(run, 'checkpoint-500'));
  const { id: backup } = (await readJson(['backup', run, id])) as { id: string };
  await rm(join(run, 'checkpoint-500'), { recursive: true });
  const { changes } = (await readJson(['restore', run, backup])) as {
    changes: { id: string; action: string }[];
  };
  expect(await told(join(run, 'checkpoint-500'))).toEqual(before);
  const files = await readdir(join(run, 'checkpoint-500'), { recursive: true, withFileTypes: true });
  const created = files
    .filter((file) => file.isFile())
    .map((file) => relative(run, join(file.parentPath, file.name)));
  expect(changes.map((change) => change.id).sort()).toEqual(created.sort());
  expect(changes.every(({ action }) => action === 'create')).toBe(true);
  await readJson(['undo', run]);
  expect(await readdir(run)).not.toContain('checkpoint-500');
});

test('a sealed folder takes its checksums to the trash, and brings them back', async () => {
  const run = await copyRun();
  await readJson(['seal', run]);
  const [before, list] = [
    await told(join(run, 'checkpoint-500')),
    await readFile(join(run, 'SHA256SUMS'), 'utf8'),
  ];
  await readJson(['trash', run, id]);
  expect(await check(run)).toMatchObject({ stdout: '', stderr: '' });
  await readJson(['undo', run]);
  expect(await told(join(run, 'checkpoint-500'))).toEqual(before);
  expect(await readFile(join(run, 'SHA256SUMS'), 'utf8')).toBe(list);
});

test('a folder with a link in it goes to the trash as one and comes back; it is not copied, and the link is named', async () => {
  const run = await copyRun();
  await symlink('/etc/hostname', join(run, 'checkpoint-500/latest.txt'));
  const before = await told(join(run, 'checkpoint-500'));
  const refused = await runCli(['backup', run, id]);
  expectOneLineError(refused.stderr);
  expect(refused.stderr).toContain('checkpoint-500/latest.txt is a symbolic link');
  const exported = await runCli(['export', run, id, '--to', join(run, '../out')]);
  expectOneLineError(exported.stderr);
  expect(exported.stderr).toContain('checkpoint-500/latest.txt is a symbolic link');
  const verified = await runCli(['verify', run]);
  expect(verified.stdout).toContain('latest.txt: it is a symbolic link');
  await readJson(['trash', run, id]);
  expect(await readdir(run)).not.toContain('checkpoint-500');
  await readJson(['undo', run]);
  expect(await told(join(run, 'checkpoint-500'))).toEqual(before);
});

test('a folder of Orbax without the file about all of it is listed as incomplete', async () => {
  const run = join(await tempFolder('version-folders'), 'orbax');
  await cp(join(written, 'orbax'), run, { recursive: true });
  await rm(join(run, '10/_CHECKPOINT_METADATA'));
  expect(await readJson(['show', run, '10/default/_METADATA'])).toMatchObject({
    version: 10,
    integrity: { state: 'torn', detail: '_CHECKPOINT_METADATA is missing' },
  });
});

test('inspect says that the graph of a SavedModel is one', async () => {
  const file = join(written, 'saved-model/1/saved_model.pb');
  const { code, stdout } = await runCli(['inspect', file, '--json']);
  expect([code, JSON.parse(stdout).format]).toEqual([1, 'saved-model']);
  expect((await runCli(['inspect', file])).stdout).toContain('the graph of a TensorFlow SavedModel');
});

test('a folder that is a version is opened as that one, with its numbers, and its run is named', async () => {
  const run = await copyRun();
  const folder = join(run, 'checkpoint-1000');
  const [alone, all] = (await Promise.all([readJson(['ls', folder]), readJson(['ls', run])])) as {
    run: string;
    versions: { id: string; step: number; file_size_bytes: number }[];
  }[];
  const [version, ...others] = alone?.versions ?? [];
  const known = all?.versions.find(({ id }) => id === version?.id);
  expect([alone?.run, others, version?.step]).toEqual([run, [], 1000]);
  expect(version?.file_size_bytes).toBe(known?.file_size_bytes);
  const { stdout, stderr } = await runCli(['latest', folder]);
  expect(stdout).toBe(`${join(run, version?.id ?? '')}\n`);
  expect(stderr).toContain(
    `note: this folder is one version of the run ${run} — “cairn ls ${run}” lists all`,
  );
});

test('nothing is moved out of a version that was opened by itself, kept in it, or left beside it', async () => {
  const run = await copyRun();
  const folder = join(run, 'checkpoint-1000');
  const before = await told(run);
  const calls = [
    ['prune', folder, '--keep-latest', '1', '--yes'],
    ['trash', folder, 'latest'],
    ['pin', folder, 'latest'],
    ['backup', folder],
    ['seal', folder],
    ['save', folder, '--weights', join(folder, 'config.json'), '--reward', '1'],
  ];
  await inPairs(calls, async (call) => {
    const refused = await runCli(call);
    expect(refused.code).toBe(2);
    expectOneLineError(refused.stderr);
    expect(refused.stderr).toContain(
      `is one version of a run, and no run — nothing is moved out of it, or kept in it — name the run, ${run}`,
    );
  });
  expect((await runCli(['verify', folder])).code).toBe(0);
  expect(await told(run)).toEqual(before);
});

test('a checkpoint that was copied under a name of somebody’s own is opened, and nothing is left beside it', async () => {
  const folder = join(await tempFolder('version-folders'), 'walker');
  await cp(join(written, 'distributed-checkpoint/step-200'), folder, { recursive: true });
  const { versions } = (await readJson(['ls', folder])) as { versions: { id: string }[] };
  expect(versions.map((version) => version.id)).toEqual(['walker/.metadata']);
  expect((await runCli(['verify', folder])).code).toBe(0);
  expect(await readdir(join(folder, '..'))).toEqual(['walker']);
  const refused = await runCli(['prune', folder, '--keep-latest', '1']);
  expect(refused.code).toBe(2);
});

import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readdir, readFile, readlink, rm, symlink, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
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

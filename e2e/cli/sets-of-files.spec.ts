import { execFile } from 'node:child_process';
import { cp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';

const written = join(import.meta.dirname, '../fixtures/layouts/tensorflow');
const id = 'ckpt-2.index';
const parts = ['ckpt-2.data-00000-of-00002', 'ckpt-2.data-00001-of-00002', id];

/** A run of TensorFlow without what is torn in it, one checkpoint older than the next. */
async function copyRun(): Promise<string> {
  const run = join(await tempFolder('sets'), 'tf');
  await cp(written, run, { recursive: true });
  for (const name of await readdir(run)) {
    const [, number] = /^ckpt-(\d)\./.exec(name) ?? [];
    if (number === '3' || number === '4') await rm(join(run, name));
    else await utimes(join(run, name), 1.7e9, 1.7e9 + Number(number ?? 0));
  }
  return run;
}

async function told(run: string): Promise<Record<string, string>> {
  const names = (await readdir(run)).filter((name) => /ckpt/.test(name)).sort();
  const files = names.map(async (name) => [name, await readFile(join(run, name), 'latin1')] as const);
  return Object.fromEntries(await Promise.all(files));
}

const check = (run: string) =>
  promisify(execFile)('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: run });

test('the files of a checkpoint are listed as one, and a part that is missing is named', async () => {
  const run = await copyRun();
  const { versions, recognised } = (await readJson(['ls', run])) as {
    versions: { id: string }[];
    recognised: { name: string; last: string };
  };
  expect(versions.map((version) => version.id).sort()).toEqual(['ckpt-1.index', id, 'model.ckpt-1000.index']);
  expect(recognised).toMatchObject({ name: 'TensorFlow', last: id });
  await rm(join(run, 'ckpt-2.data-00001-of-00002'));
  const { stdout, code } = await runCli(['verify', run]);
  expect(code).not.toBe(0);
  expect(stdout).toContain('ckpt-2.data-00001-of-00002 is missing');
});

test('a prune takes all files of a checkpoint, and an undo brings back each, with its checksums', async () => {
  const run = await copyRun();
  // Its number makes it the newest.
  for (const name of await readdir(run)) if (name.startsWith('model.ckpt-1000')) await rm(join(run, name));
  await readJson(['seal', run]);
  const before = await told(run);
  await check(run);
  const { operation } = (await readJson(['prune', run, '--keep-latest', '1', '--kinds', 'all', '--yes'])) as {
    operation: string;
  };
  expect(Object.keys(await told(run)).sort()).toEqual(parts);
  await check(run);
  await readJson(['undo', run, operation]);
  expect(await told(run)).toEqual(before);
  await check(run);
});

test('a backup restores every file of a checkpoint that was lost', async () => {
  const run = await copyRun();
  const before = await told(run);
  const { id: backup } = (await readJson(['backup', run, id])) as { id: string };
  for (const name of parts) await rm(join(run, name));
  await readJson(['restore', run, backup]);
  expect(await told(run)).toEqual(before);
});

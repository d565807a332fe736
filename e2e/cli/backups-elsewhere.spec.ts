import { chmod, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { backUp, overwritten } from '../driver/back-up.ts';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { savedModel as model } from '../fixtures/weights-to-save.ts';

test('copies go to another folder where that is asked for, and come back from there', async () => {
  const disk = join(await tempFolder('writing'), 'disk');
  const [run, folder] = [await copySampleRun(), join(disk, 'backups')];
  const bytes = await readFile(join(run, model));
  const refused = await runCli(['backup', run, 'v11', '--to', folder]);
  expectOneLineError(refused.stderr);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringContaining(
      `there is no folder ${disk} — connect its disk, make that folder, or name another`,
    ),
  ]);
  await mkdir(disk);
  const { id, to } = await backUp(run, 'v11', '--to', folder);
  expect(to).toBe(folder);
  await rm(join(run, model));
  await readJson(['restore', run, id, 'model_v0011_reward0.4346_20260302_114200.pt']);
  expect(await readFile(join(run, model))).toEqual(bytes);
});

test('a run that was moved still has its backups elsewhere; any other run gets at them with --from', async () => {
  const folder = await tempFolder('writing');
  const [old, run] = [join(folder, 'old'), join(folder, 'run')];
  const [other, store] = [join(folder, 'other'), join(folder, 'store')];
  await rename(await copySampleRun(), old);
  await mkdir(other);
  const bytes = await readFile(join(old, model));
  const { id } = await backUp(old, 'v11', '--to', store);
  await rename(old, run);
  expect(await readJson(['backups', run])).toMatchObject({
    backups: [{ id, run: old, to: store }, overwritten],
  });
  expect((await runCli(['backups', run])).stdout).toMatch(new RegExp(`OF\\s*\\n.*${old}\\s*\\n`));
  expect(await readJson(['backups', other])).toEqual({ backups: [], problems: [] });
  expect(await readJson(['backups', other, '--from', store])).toMatchObject({ backups: [{ id, run: old }] });
  const refused = await runCli(['restore', other, id]);
  expectOneLineError(refused.stderr);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--from')]);
  const restore = ['restore', other, id, model.slice(12), '--from', store];
  expect(await readJson([...restore, '--dry-run'])).toMatchObject({
    changes: [{ id: model, action: 'create' }],
    of: old,
  });
  expect((await runCli([...restore, '--dry-run'])).stderr).toBe(
    `backup ${id} is one of another run, ${old}\n`,
  );
  expect(await readdir(other)).not.toContain('best_models');
  expect(await readJson(restore)).toMatchObject({ applied: true, operation: expect.any(String), of: old });
  expect(await readJson(['log', other])).toMatchObject({ entries: [{ command: 'restore', of: old }] });
  expect(await readFile(join(other, model))).toEqual(bytes);
  await readJson(['undo', other]);
  await expect(readFile(join(other, model))).rejects.toThrow('ENOENT');
  const wrong = await runCli(['backups', other, '--from', join(folder, 'nowhere')]);
  expectOneLineError(wrong.stderr);
  expect(wrong.code).toBe(2);
});

test('where the backups of a read-only run are is said as it is', async () => {
  const [run, data] = [await copySampleRun(), await tempFolder('data')];
  await chmod(run, 0o555);
  const under = { under: ['env', `XDG_DATA_HOME=${data}`] };
  const made = JSON.parse((await runCli(['backup', run, 'v11', '--json'], under)).stdout) as { to: string };
  expect(made.to).toMatch(new RegExp(`^${data}/cairn/runs/\\w+/backups$`));
  expect(await readdir(made.to)).toContain('manifests');
  const listed = await runCli(['backups', run, '--json'], under);
  expect(JSON.parse(listed.stdout)).toMatchObject({ backups: [{ to: made.to }, overwritten] });
  expect((await runCli(['backups', run], under)).stdout).toContain(made.to);
  await chmod(run, 0o755);
});

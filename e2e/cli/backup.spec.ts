import { appendFile, copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { backUp, overwritten } from '../driver/back-up.ts';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { savedModel as model } from '../fixtures/weights-to-save.ts';

const sidecar = model.replace('.pt', '.json');

test('a backup says where it went', async () => {
  const run = await copySampleRun();
  const store = join(await tempFolder('store'), 'new');
  expect((await runCli(['backup', run, 'v11', '--to', store])).stdout).toMatch(
    new RegExp(`^backup \\S+: 1 version, [^,]+, in ${store}\n$`),
  );
  expect((await runCli(['backup', run, 'v11'])).stdout).toMatch(/, in .*\/\.cairn\/backups\n$/);
});

test('a version that was lost comes back from its backup with its sidecar, and undo takes that back', async () => {
  const run = await copySampleRun();
  const [bytes, text] = [await readFile(join(run, model)), await readFile(join(run, sidecar))];
  const { id, versions } = await backUp(run, 'v11', '--label', 'before');
  expect(versions).toEqual([model]);
  await rm(join(run, model));
  await writeFile(join(run, sidecar), '{}');
  const plan = await readJson(['restore', run, id, '--dry-run']);
  expect(plan).toMatchObject({
    applied: false,
    operation: null,
    changes: [{ id: model, action: 'create', from: null }],
  });
  expect(await readFile(join(run, sidecar), 'utf8')).toBe('{}');
  await readJson(['restore', run, id]);
  expect([await readFile(join(run, model)), await readFile(join(run, sidecar))]).toEqual([bytes, text]);
  await readJson(['undo', run]);
  expect(await readFile(join(run, sidecar), 'utf8')).toBe('{}');
  expect((await runCli(['show', run, model])).stdout).toContain('missing');
});

test('a restore of a sidecar alone says that the model is the same', async () => {
  const run = await copySampleRun();
  const { id } = await backUp(run, 'v11');
  await rm(join(run, sidecar));
  expect(await readJson(['restore', run, id])).toMatchObject({
    changes: [
      { id: model, action: 'same' },
      { id: sidecar, action: 'create', from: null },
    ],
    operation: expect.any(String),
  });
});

test('equal bytes are stored once, a broken version is left out, and the list counts the backups', async () => {
  const run = await copySampleRun();
  const first = await runCli(['backup', run, '--json']);
  expect(first.code).toBe(1);
  expect(first.stderr).toContain('do not match its checksum');
  const objects = await readdir(join(run, '.cairn/backups/objects'));
  await backUp(run, 'v11');
  expect(await readdir(join(run, '.cairn/backups/objects'))).toEqual(objects);
  expect(await readJson(['show', run, 'v11'])).toMatchObject({ backups: 2 });
});

test('a backup whose bytes changed is found by verifying, and refused by restoring, with nothing changed', async () => {
  const run = await copySampleRun();
  const { id } = await backUp(run, 'v11');
  const folder = join(run, '.cairn/backups/objects');
  for (const name of await readdir(folder)) await appendFile(join(folder, name), 'x');
  await writeFile(join(run, model), 'mine');
  const refused = await runCli(['restore', run, id]);
  expectOneLineError(refused.stderr);
  expect(refused.code).toBe(3);
  expect(await readFile(join(run, model), 'utf8')).toBe('mine');
  expect((await readdir(join(run, 'best_models'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const verified = await runCli(['backups', run, '--verify', '--json']);
  // What follows the option is no name of a backup where no run is named otherwise.
  expect(await runCli(['backups', '--json', '--verify', run])).toMatchObject({ code: verified.code });
  expect(await runCli(['backups', '--verify'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("missing required argument 'run'"),
  });
  expect(verified.code).toBe(1);
  expect(JSON.parse(verified.stdout)).toMatchObject({ backups: [{ id, state: 'damaged' }] });
});

test('a damaged record of a backup is told, and every other backup is listed, restored and deleted', async () => {
  const run = await copySampleRun();
  const [lost, whole] = [await backUp(run, 'v11'), await backUp(run, 'v12')];
  const path = `.cairn/backups/manifests/${lost.id}.json`;
  const objects = await readdir(join(run, '.cairn/backups/objects'));
  await writeFile(join(run, path), '{');
  const listed = await runCli(['backups', run, '--json']);
  expect([listed.code, JSON.parse(listed.stdout)]).toMatchObject([
    1,
    {
      backups: [{ id: whole.id }, overwritten],
      problems: [{ path, problem: expect.stringContaining('is damaged') }],
    },
  ]);
  const text = await runCli(['backups', run]);
  expect(text.stdout).toContain(`\nProblems\n  ${path}: this record of a backup is damaged`);
  const refused = await runCli(['restore', run, lost.id]);
  expectOneLineError(refused.stderr);
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('its record is damaged')]);
  await rm(join(run, whole.versions[0] ?? ''));
  expect(await readJson(['restore', run, whole.id])).toMatchObject({ applied: true });
  const deleted = await runCli(['backups', run, '--delete', whole.id, '--yes', '--json']);
  expect(JSON.parse(deleted.stdout)).toMatchObject({ backups: [overwritten], problems: [{ path }] });
  expect(await readdir(join(run, '.cairn/backups/objects'))).toEqual(objects);
});

test('the last copy of a model is not deleted; any other is, when it is confirmed', async () => {
  const run = await copySampleRun();
  const { id } = await backUp(run, 'v11');
  expect((await runCli(['backups', run, '--delete', id])).code).toBe(2);
  await writeFile(join(run, model), 'changed');
  const refused = await runCli(['backups', run, '--delete', id, '--yes']);
  expectOneLineError(refused.stderr);
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('last copy')]);
  await readJson(['restore', run, id]);
  expect(await readJson(['backups', run, '--delete', id, '--yes'])).toMatchObject({
    backups: [overwritten],
    problems: [],
  });
  expect(await readdir(join(run, '.cairn/backups/objects'))).toEqual([]);
});

test('a save that is the new best is backed up at once where that is asked for, one that is not is not', async () => {
  const run = await copySampleRun();
  // Of the same bytes one stays: the version that they are of may go.
  const weights = join(await tempFolder('weights'), 'w.pt');
  await copyFile(join(run, model), weights);
  const call = ['save', run, '--weights', weights, '--metric'];
  await readJson([...call, 'sharpe=99', '--reward', '9', '--backup-best']);
  await readJson([...call, 'sharpe=-1', '--reward', '-1', '--backup-best']);
  const { backups } = (await readJson(['backups', run])) as { backups: { versions: string[] }[] };
  expect(backups.map(({ versions }) => versions)).toEqual([
    [expect.stringContaining('reward9.0000')],
    overwritten.versions,
  ]);
});

test('a restore that only brought back what was lost can be undone too', async () => {
  const run = await copySampleRun();
  const { id } = await backUp(run, 'v11');
  for (const name of [model, sidecar]) await rm(join(run, name));
  const { operation } = (await readJson(['restore', run, id])) as { operation: string };
  const { operations } = (await readJson(['trash', run])) as { operations: { id: string }[] };
  expect(operations.map((each) => each.id)).toEqual([operation]);
  const undone = await runCli(['undo', run]);
  expect(undone.stdout).toBe(`to the trash: ${model}\n`);
  expect((await runCli(['show', run, 'v11'])).code).toBe(1);
  await readJson(['restore', run, id]);
  expect((await runCli(['show', run, 'v11'])).code).toBe(0);
});

test('a number names a version of the backup, also when the run has no such version any more', async () => {
  const run = await copySampleRun();
  const { id } = await backUp(run, 'v11', 'v12');
  for (const name of [model, sidecar]) await rm(join(run, name));
  const changes = [{ id: model, action: 'create' }];
  for (const word of ['11', 'v11'])
    expect(await readJson(['restore', run, id, word, '--dry-run'])).toMatchObject({ changes });
  const text = await runCli(['restore', run, id, 'v11', '--dry-run']);
  expect(text.stdout).toMatch(new RegExp(`^create  ${model}\n`));
  const refused = await runCli(['restore', run, id, '7']);
  expectOneLineError(refused.stderr);
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining(`no version “7” — backup ${id} has 2 versions`),
  ]);
  expect(await readJson(['restore', run, id, '11'])).toMatchObject({ applied: true, changes });
  expect(await readdir(join(run, 'best_models'))).toContain(model.slice(12));
});

test('the command that takes a restore back is said whole, as a shell takes it', async () => {
  const run = join(await tempFolder('writing'), 'my run');
  await rename(await copySampleRun(), run);
  const { id } = await backUp(run, 'v11');
  await rm(join(run, model));
  const { stdout } = await runCli(['restore', run, id]);
  const [, operation = ''] = /^Restored \(operation (\S+)\)\./m.exec(stdout) ?? [];
  expect(stdout).toContain(`Undo with: cairn undo '${run}' ${operation}\n`);
});

test('a backup whose bytes are no longer what they were holds no last copy: it can be deleted, and that is said', async () => {
  const run = await copySampleRun();
  const { id } = await backUp(run, 'v11');
  const objects = join(run, '.cairn/backups/objects');
  for (const name of await readdir(objects)) {
    const bytes = await readFile(join(objects, name));
    // The model: its sidecar is whole still.
    if (bytes.length > 10_000) await writeFile(join(objects, name), bytes.fill(1, 100, 120));
  }
  for (const name of [model, sidecar]) await rm(join(run, name));
  expect((await runCli(['restore', run, id])).code).toBe(3);
  const deleted = await runCli(['backups', run, '--delete', id, '--yes', '--json']);
  expect([deleted.code, JSON.parse(deleted.stdout)]).toMatchObject([
    0,
    { backups: [overwritten], problems: [] },
  ]);
  for (const name of [model, sidecar])
    expect(deleted.stderr).toContain(`gone with backup ${id}: ${name}: it could not be restored any more`);
  expect(await readdir(objects)).toEqual([]);
});

test('the trash names the versions that it holds, and not one that a restore only brought back', async () => {
  const run = await copySampleRun();
  const { id, versions } = await backUp(run, 'v11', 'v12');
  const other = versions.find((each) => each !== model) ?? '';
  for (const name of [model, sidecar]) await rm(join(run, name));
  await writeFile(join(run, other), 'other bytes');
  const { operation } = (await readJson(['restore', run, id])) as { operation: string };
  const held = [{ id: operation, versions: [other], bytes: 'other bytes'.length }];
  expect(await readJson(['trash', run])).toMatchObject({ operations: held });
  const text = await runCli(['trash', run]);
  expect([text.stdout.includes(other), text.stdout.includes(model)]).toEqual([true, false]);
  expect(await readJson(['trash', run, operation, '--empty'])).toMatchObject({ operations: held });
  await readJson(['trash', run, '--empty', '--yes']);
  const { entries } = (await readJson(['log', run])) as { entries: { command: string; ids: string[] }[] };
  expect(entries.find(({ command }) => command === 'empty trash')?.ids).toEqual([other]);
});

test('what was kept before overwriting is listed, restored with a preview, and taken back; it is not deleted', async () => {
  const run = await copySampleRun();
  const [id = ''] = overwritten.versions;
  const [now, old] = [await readFile(join(run, id)), await readFile(join(run, `${id}.backup`))];
  expect(now.equals(old)).toBe(false);
  expect(await readJson(['backups', run])).toMatchObject({ backups: [overwritten], problems: [] });
  expect((await runCli(['backups', run])).stdout).toMatch(
    /before-overwrite .*Kept before overwriting.* unrecorded +\./,
  );
  const change = { id, action: 'replace' };
  expect(await readJson(['restore', run, overwritten.id, 'checkpoint.pt', '--dry-run'])).toMatchObject({
    applied: false,
    changes: [change],
  });
  expect(await readFile(join(run, id))).toEqual(now);
  await readJson(['restore', run, overwritten.id, 'checkpoint.pt']);
  expect(await readFile(join(run, id))).toEqual(old);
  await readJson(['undo', run]);
  expect(await readFile(join(run, id))).toEqual(now);
  const refused = await runCli(['backups', run, '--delete', overwritten.id, '--yes']);
  expectOneLineError(refused.stderr);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('can only be restored')]);
  expect(await readFile(join(run, `${id}.backup`))).toEqual(old);
});

import { readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing, expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { contents } from '../fixtures/own-contents.ts';

test('versions chosen by hand go to the trash; emptying it is asked for twice and cannot be undone', async () => {
  const run = await copySampleRun();
  await readJson(['trash', run, 'v1', 'v2']);
  expect(asListing(await readJson(['ls', run])).versions.some(({ version }) => version === 1)).toBe(false);
  await readJson(['trash', run, '--empty']);
  expect(((await readJson(['trash', run])) as { operations: unknown[] }).operations).toHaveLength(1);
  await readJson(['trash', run, '--empty', '--older-than', '1d', '--yes']);
  expect(((await readJson(['trash', run])) as { operations: unknown[] }).operations).toHaveLength(1);
  await readJson(['trash', run, '--empty', '--yes']);
  expect(await readJson(['trash', run])).toEqual({ operations: [], damaged: [], bytes: 0, problems: [] });
  const finished = await runCli(['undo', run]);
  expectOneLineError(finished.stderr);
  expect(finished.code).toBe(1);
});

test('that the best, or all, go to the trash by hand is said in one line, with what brings them back', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  expect((await runCli(['trash', run, 'v2'])).stderr).toBe('');
  await readJson(['undo', run]);
  const best = await runCli(['trash', run, 'best', 'v2']);
  expectOneNotice(
    best.stderr,
    /^the best version went too, best_models\/model_v0011_.*\.pt: to bring back what went: /,
  );
  const ids = asListing(await readJson(['ls', run])).versions.map(({ id }) => id);
  const all = await runCli(['trash', run, ...ids, '--json']);
  expectOneNotice(all.stderr, /^the best version went too, .*, and no version is left in the run: /);
  for (const { stderr } of [all, best])
    expect((await runLine(/to bring back what went: (.*)$/m.exec(stderr)?.[1] ?? '')).code).toBe(0);
  expect(await contents(run)).toEqual(before);
});

function expectOneNotice(stderr: string, words: RegExp): void {
  expect(stderr).toMatch(words);
  expect(stderr.trimEnd()).not.toContain('\n');
}

test('a damaged record in the trash is told, stops nothing, and is emptied only by its name', async () => {
  const run = await copySampleRun();
  await readJson(['trash', run, 'v1']);
  const { operations } = (await readJson(['trash', run, 'v2'])) as { operations: { id: string }[] };
  const [whole = '', damaged = ''] = operations.map(({ id }) => id);
  const path = `.cairn/trash/${damaged}`;
  await writeFile(join(run, path, 'manifest.json'), '{');
  const problem = expect.stringContaining('manifest.json, is damaged');
  expect(await readJson(['trash', run])).toMatchObject({
    operations: [{ id: whole }],
    problems: [{ path, problem }],
  });
  expect((await runCli(['trash', run])).stdout).toContain(`\nProblems\n  ${path}: the record of`);
  const weights = join(run, 'checkpoints/checkpoint.pt');
  const saved = await readJson(['save', run, '--kind', 'best', '--weights', weights, '--reward', '1']);
  expect(saved).toMatchObject({ version: 19 });
  await readJson(['undo', run, whole]);
  const refused = await runCli(['undo', run, damaged]);
  expectOneLineError(refused.stderr);
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('move its files back by hand')]);
  expect(await readJson(['trash', run, '--empty', '--yes'])).toMatchObject({ problems: [{ path }] });
  const call = ['trash', run, damaged, '--empty'];
  expect((await runCli(call)).stdout).toMatch(
    /record is damaged; it holds .*\.pt\n\n.+ would be deleted for good/,
  );
  expect(await readdir(join(run, '.cairn/trash'))).toContain(damaged);
  expect(await readJson([...call, '--yes'])).toMatchObject({ problems: [] });
  expect(await readdir(join(run, '.cairn/trash'))).toEqual([]);
  expect((await runCli([...call, '--yes'])).code).toBe(1);
});

test('operations are undone in any order; a name that is taken again is not overwritten', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const trashed = async () =>
    ((await readJson(['trash', run])) as { operations: { id: string }[] }).operations;
  await readJson(['trash', run, 'v1']);
  await readJson(['trash', run, 'v2']);
  const [second, first] = await trashed();
  await readJson(['undo', run, String(first?.id)]);
  await readJson(['undo', run, String(second?.id)]);
  expect(await contents(run)).toEqual(before);
  await readJson(['trash', run, 'v1']);
  const path = [...before.keys()].find((name) => /v0001.*\.pt$/.test(name)) ?? '';
  await symlink('/nowhere', path);
  const refused = await runCli(['undo', run]);
  expectOneLineError(refused.stderr);
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('there again')]);
  await rm(path);
  await readJson(['undo', run]);
  expect(await contents(run)).toEqual(before);
});

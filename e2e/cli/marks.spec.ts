import { chmod } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { readJson, runCli } from '../driver/run-cli.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { contents } from '../fixtures/own-contents.ts';

test('pins, notes and tags are kept beside the run’s own files, which stay as they are', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  await readJson(['pin', run, 'v2']);
  await readJson(['tag', run, 'v2', '+good', '+fast']);
  await readJson(['tag', run, 'v2', '-fast']);
  await readJson(['note', run, 'v2', 'the one']);
  expect(await readJson(['show', run, 'v2'])).toMatchObject({
    pinned: true,
    tags: ['good'],
    notes: 'the one',
  });
  await readJson(['unpin', run, 'v2']);
  expect(await readJson(['show', run, 'v2'])).toMatchObject({ pinned: false, tags: ['good'] });
  expect(await contents(run)).toEqual(before);
  const { entries } = (await readJson(['log', run])) as { entries: { command: string; result: string }[] };
  expect(entries.map(({ command }) => command)).toEqual(['pin', 'tag', 'tag', 'note', 'unpin']);
});

test('of a run that must not be written to it is said that nobody else sees them', async () => {
  const run = await copySampleRun();
  await chmod(run, 0o555);
  for (const asked of [
    ['pin', run, 'v2'],
    ['note', run, 'v2', 'mine'],
    ['tag', run, 'v2', '+mine'],
  ])
    expect((await runCli(asked)).stderr).toMatch(
      /^kept in your own notes alone: .* is read-only or belongs to someone else, .* does not see this\n$/,
    );
  await chmod(run, 0o755);
  expect((await runCli(['pin', run, 'v2'])).stderr).toBe('');
});

test('a save over what is pinned says that this is kept until somebody empties the trash, and nothing else', async () => {
  const run = await copySampleRun();
  const save = async () =>
    runCli([
      'save',
      run,
      '--weights',
      `${run}/best_models/model_v0002_reward0.3404_20260302_095400.pt`,
      '--kind',
      'checkpoint',
      '--name',
      'mine.pt',
      '--reward',
      '0',
    ]);
  await save();
  await runCli(['pin', run, 'mine.pt']);
  const { stdout, stderr } = await save();
  expect(stderr).toContain(
    'mine.pt is pinned, and this save replaced it: what it was waits in the trash until',
  );
  expect(stdout).toContain('Kept there until somebody empties that. To bring it back: ');
});

test('pin, note and tag say what was done', async () => {
  const run = await copySampleRun();
  const id = 'best_models/model_v0002_reward0.3404_20260302_095400.pt';
  const said = async (...args: string[]) => (await runCli(args)).stdout;
  expect(await said('log', run)).toBe('Nothing.\n');
  expect(await said('note', run, 'v2', 'a keeper')).toBe(`${id}: the note is now “a keeper”\n`);
  expect(await said('note', run, 'v2', '')).toBe(`${id}: it has no note now\n`);
  expect(await said('pin', run, 'v2')).toBe(`${id}: pinned: no rule removes it\n`);
  expect(await said('unpin', run, 'v2')).toBe(`${id}: not pinned any more\n`);
  expect(await said('tag', run, 'v2', '+good')).toMatch(/: its tags are now .*good\n$/);
  // v3 has no sidecar: its own file says what it is.
  const noted = JSON.parse(await said('note', run, 'v3', 'bare', '--json'));
  const shown = JSON.parse(await said('show', run, 'v3', '--json'));
  expect(shown).toMatchObject({ ...noted, metadata_source: 'contents' });
});

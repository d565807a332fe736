import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
import { commandOf, contents, isThere, press, recordsOf, second, showPage } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open } = openedRuns();

test('the history is what the log says, newest first; what can still be undone is undone from there', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  await readJson(['trash', run, 'v1']);
  await readJson(['backup', run, 'v3']);
  await readJson(['trash', run, 'v2']);
  const page = await open(run, 24);
  const history = await showPage(page, 'History');
  await expect(recordsOf(history)).toHaveCount(3);
  await expect(recordsOf(history).nth(0)).toContainText(/Moved to the trash.*v2.*1.*kB.*done/);
  await expect(recordsOf(history).nth(1)).toContainText(/Backed up.*v3/);
  await expectAccessible(page, '#run-panel');
  await history.getByLabel('Which kind').selectOption('backup');
  await expect(recordsOf(history)).toHaveCount(1);
  await history.getByLabel('Which kind').selectOption('');
  await press(recordsOf(history).nth(1), 'Backed up');
  await expect(history.getByRole('button', { name: 'Undo', exact: true })).toHaveCount(0);
  await press(recordsOf(history).nth(0), 'Moved to the trash');
  await expectAccessible(page, '#run-panel');
  await press(history, 'Undo');
  await expect(recordsOf(history)).toHaveCount(4);
  await expect(history.getByRole('button', { name: 'Undo', exact: true })).toHaveCount(0);
  expect(await isThere(join(run, second))).toBe(true);

  await press(recordsOf(history).nth(3), 'Moved to the trash');
  expect(await runLine(await commandOf(history))).toMatchObject({ code: 0 });
  expect(await contents(run)).toEqual(before);
  const log = await readFile(join(run, '.cairn/log.jsonl'), 'utf8');
  expect(log.trim().split('\n')).toHaveLength(5);
  await expect(recordsOf(history)).toHaveCount(5);
});

test('what undoing a restore takes out of the run is said to leave it', async () => {
  const run = await copySampleRun();
  const { id } = (await readJson(['backup', run, 'v2'])) as { id: string };
  await rm(join(run, second));
  await readJson(['restore', run, id]);
  const page = await open(run);
  const history = await showPage(page, 'History');
  await press(recordsOf(history).nth(0), 'Restored');
  await press(history, 'Undo');
  await expect(page.getByText('Undone: 1 version is in the trash')).toBeVisible();
  expect(await isThere(join(run, second))).toBe(false);
});

test('a run to which nothing was done says so', async () => {
  const page = await open(await copySampleRun());
  await expect(await showPage(page, 'History')).toContainText('No history yet');
});

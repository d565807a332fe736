import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { selectVersion } from '../driver/versions-table.ts';
import {
  answerWithFolder,
  closeCairn,
  contents,
  expectAccessible,
  isThere,
  open,
  openDialog,
  press,
  turnOneBit,
  undo,
} from '../driver/writing-window.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const second = 'best_models/model_v0002_reward0.3404_20260302_095400.pt';
const sidecar = best.replace('.pt', '.json');

test.afterEach(closeCairn);

test('a backup says what it leaves out; what was damaged since is restored from it, and that can be undone', async () => {
  const run = await copySampleRun();
  const whole = await readFile(join(run, best));
  const text = await readFile(join(run, sidecar), 'utf8');
  const page = await open(run);
  let dialog = await openDialog(page, 'Back up', 'Back up this run');
  await dialog.getByLabel('Label').fill('before it went wrong');
  await expectAccessible(page);
  await press(dialog, 'Back up');
  await expect(dialog.getByRole('status')).toHaveText(
    /^24 versions are backed up, .+; 2 versions were left out\.$/,
  );
  await expect(dialog.getByRole('list', { name: 'Left out' })).toContainText('model_v0015');
  await press(dialog, 'Done');
  await expect(page.getByRole('button', { name: 'Back up' })).toBeFocused();

  await appendFile(join(run, best), 'damage');
  await rm(join(run, second));
  const damaged = await contents(run);
  dialog = await openDialog(page, 'Restore…', 'Restore from a backup');
  await expect(dialog.getByRole('radio')).toBeChecked();
  await expect(dialog.locator('[data-backup]')).toContainText('before it went wrong');
  await expect(dialog.locator('[data-backup]')).toContainText(/24 versions, .+verified/);
  await expect(dialog.getByRole('status')).toHaveText(
    '24 versions: 1 created, 1 replaced, 22 the same already.',
  );
  await expectAccessible(page);
  await press(dialog, 'Restore 2 versions');
  await expect(dialog).toBeHidden();
  expect(await readFile(join(run, best))).toEqual(whole);
  expect(await readFile(join(run, sidecar), 'utf8')).toBe(text);
  expect(await isThere(join(run, second))).toBe(true);
  await undo(page, '2 versions are restored');
  await expect(page.getByText('2 versions are as before the restore')).toBeVisible();
  expect(await contents(run)).toEqual(damaged);
});

test('one version is backed up from its details; a damaged backup is refused, and nothing is changed', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await selectVersion(page, best);
  await press(details, 'Back up this version');
  let dialog = page.getByRole('dialog', { name: 'Back up v11' });
  await press(dialog, 'Back up');
  await expect(page.getByText('1 version is backed up')).toBeVisible();
  await expect(details.getByRole('button', { name: 'Back up this version' })).toBeFocused();

  const objects = join(run, '.cairn/backups/objects');
  for (const name of await readdir(objects)) await turnOneBit(join(objects, name));
  await rm(join(run, best));
  const before = await contents(run);
  dialog = await openDialog(page, 'Restore…', 'Restore from a backup');
  await press(dialog, 'Restore 1 version');
  const refusal = /^cannot restore .+ no longer match their checksum/;
  await expect(dialog.getByRole('alert')).toHaveText(refusal);
  expect(await contents(run)).toEqual(before);
  await press(dialog, 'Cancel');

  // Bytes that are not even as many are refused before anything is asked.
  for (const name of await readdir(objects)) await appendFile(join(objects, name), 'x');
  dialog = await openDialog(page, 'Restore…', 'Restore from a backup');
  await expect(dialog.getByRole('alert')).toHaveText(refusal);
  await expect(dialog.getByRole('button', { name: 'Restore', exact: true })).toBeDisabled();
  expect(await contents(run)).toEqual(before);
});

test('a backup of a run that is lost is found in its folder, shown with that run, and restored into another', async () => {
  const [lost, run] = [await copySampleRun(), await copySampleRun()];
  const place = await tempFolder('writing');
  const folder = join(place, 'other disk');
  await readJson(['backup', lost, 'v11', 'v2', '--to', folder]);
  await rm(lost, { recursive: true });
  const whole = await readFile(join(run, best));
  const page = await open(run);
  await rm(join(run, best));
  const before = await contents(run);
  const dialog = await openDialog(page, 'Restore…', 'Restore from a backup');
  await expect(dialog).toContainText('This run has no backups yet');
  await answerWithFolder(place);
  await press(dialog, 'Look in another folder…');
  await expect(dialog.getByRole('alert')).toContainText('it is no folder of backups');
  await answerWithFolder(folder);
  await press(dialog, 'Look in another folder…');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await expect(dialog.locator('[data-backup]')).toContainText(`of ${lost}`);
  await expect(dialog.getByRole('status')).toHaveText('2 versions: 1 created, 1 the same already.');
  await expectAccessible(page);
  expect(await contents(run)).toEqual(before);
  await press(dialog, 'Restore 1 version');
  await expect(dialog).toBeHidden();
  expect(await readFile(join(run, best))).toEqual(whole);
  await undo(page, '1 version is restored');
  await expect(page.getByText('1 version is as before the restore')).toBeVisible();
  expect(await contents(run)).toEqual(before);

  await press(page, 'Restore…');
  await press(dialog, 'Look in another folder…');
  await expect(dialog.locator('[data-backup]')).toHaveCount(1);
  await press(dialog, 'Those of this run');
  await expect(dialog).toContainText('This run has no backups yet');
});

test('a backup goes to a folder that is chosen; there it is verified, and deleted when that is confirmed', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const folder = join(await tempFolder('writing'), 'other disk');
  await answerWithFolder(folder);
  const details = await selectVersion(page, best);
  await press(details, 'Back up this version');
  let dialog = page.getByRole('dialog', { name: 'Back up v11' });
  await press(dialog, 'Choose a folder…');
  await expect(dialog).toContainText(folder);
  await expectAccessible(page);
  await press(dialog, 'Back up');
  await expect(page.getByText('1 version is backed up')).toBeVisible();
  expect(await readdir(join(folder, 'objects'))).toHaveLength(2);

  dialog = await openDialog(page, 'Restore…', 'Restore from a backup');
  await expect(dialog.locator('[data-backup]')).toContainText(folder);
  await expectAccessible(page);
  for (const name of await readdir(join(folder, 'objects')))
    await appendFile(join(folder, 'objects', name), 'x');
  await press(dialog, 'Verify again');
  await expect(page.getByText('The backup is damaged')).toBeVisible();
  await expect(dialog.locator('[data-backup]')).toHaveAttribute('data-state', 'damaged');
  await press(dialog, 'Delete…');
  await press(dialog, 'Keep it');
  await press(dialog, 'Delete…');
  await expectAccessible(page);
  await press(dialog, 'Delete for good');
  await expect(dialog).toContainText('This run has no backups yet');
  expect(await readdir(join(folder, 'objects'))).toEqual([]);
});

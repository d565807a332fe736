import type { ChildProcess } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { hearWhileAway } from '../driver/hear-while-away.ts';
import { holdLock } from '../driver/hold-lock.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { selectVersion } from '../driver/versions-table.ts';
import {
  answerWithFolder,
  best,
  commandOf,
  contents,
  isThere,
  openDialog,
  press,
  recordsOf,
  second,
  showPage,
  turnOneBit,
  undo,
} from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open, app } = openedRuns();

let holder: ChildProcess | null = null;
test.afterEach(() => void holder?.kill('SIGKILL'));

const sidecar = best.replace('.pt', '.json');

test('a backup says what it leaves out; what was damaged since is restored from it, and that can be undone', async () => {
  const run = await copySampleRun();
  const whole = await readFile(join(run, best));
  const text = await readFile(join(run, sidecar), 'utf8');
  const page = await open(run);
  let dialog = await openDialog(page, 'Back up…', 'Back up this run');
  await dialog.getByLabel('Label').fill('before it went wrong');
  expect(await commandOf(dialog)).toBe(`cairn backup '--label=before it went wrong' ${run}`);
  await expectAccessible(page);
  await press(dialog, 'Back up');
  await expect(dialog.getByRole('status')).toHaveText(
    /^24 versions are backed up, .+; 2 versions were left out\.$/,
  );
  await expect(dialog.getByRole('list', { name: 'Left out' })).toContainText('model_v0015');
  await press(dialog, 'Done');
  await expect(page.getByRole('button', { name: 'Back up…' })).toBeFocused();

  await appendFile(join(run, best), 'damage');
  await rm(join(run, second));
  const damaged = await contents(run);
  const backups = await showPage(page, 'Backups');
  await expect(recordsOf(backups).first()).toContainText(/before it went wrong.*24.*verified.*with the run/);
  await expectAccessible(page, '#run-panel');
  dialog = await openDialog(page, 'Restore…', /^Restore/);
  await expect(dialog.getByRole('status').first()).toHaveText(
    '1 version comes back, 1 is replaced, 22 are already the same.',
  );
  await expectAccessible(page);
  await press(dialog, 'Restore 2 versions');
  await expect(dialog).toBeHidden();
  expect(await readFile(join(run, best))).toEqual(whole);
  expect(await readFile(join(run, sidecar), 'utf8')).toBe(text);
  expect(await isThere(join(run, second))).toBe(true);
  await undo(page, '2 versions are restored and verified');
  await expect(
    page.getByText('The restore is undone: 1 version is back, 1 version is in the trash'),
  ).toBeVisible();
  expect(await contents(run)).toEqual(damaged);
});

test('bytes that a backup left that was cut short are told', async () => {
  const run = await copySampleRun();
  const objects = join(run, '.cairn/backups/objects');
  await mkdir(objects, { recursive: true });
  await writeFile(join(objects, 'a'.repeat(64)), 'x'.repeat(5000));
  const page = await open(run);
  const backups = await showPage(page, 'Backups');
  const told = backups.getByText(
    '5.00 kB beside the run belong to no backup: one is being made, or was cut short.',
  );
  await expect(told).toBeVisible();
  await expectAccessible(page, '#run-panel');
});

test('one version is backed up from its details; a damaged backup is refused, and nothing is changed', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await selectVersion(page, best);
  let dialog = await openDialog(page, 'Back up this version', 'Back up v11', details);
  await press(dialog, 'Back up');
  await expect(page.getByText('1 version is backed up')).toBeVisible();
  await expect(details.getByRole('button', { name: 'Back up this version' })).toBeFocused();

  const objects = join(run, '.cairn/backups/objects');
  for (const name of await readdir(objects)) await turnOneBit(join(objects, name));
  await rm(join(run, best));
  const before = await contents(run);
  await showPage(page, 'Backups');
  dialog = await openDialog(page, 'Restore…', /^Restore/);
  await press(dialog, 'Restore 1 version');
  const refusal = /^cannot restore .+ no longer match their checksum/;
  await expect(dialog.getByRole('alert')).toHaveText(refusal);
  expect(await contents(run)).toEqual(before);
  await press(dialog, 'Cancel');

  // Bytes that are not even as many are refused before anything is asked.
  for (const name of await readdir(objects)) await appendFile(join(objects, name), 'x');
  dialog = await openDialog(page, 'Restore…', /^Restore/);
  await expect(dialog.getByRole('alert')).toHaveText(refusal);
  await expect(dialog.getByRole('button', { name: 'Restore', exact: true })).toBeDisabled();
  expect(await contents(run)).toEqual(before);
});

test('a backup elsewhere is verified, alone or with all; the last copy of a model is not deleted', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const folder = join(await tempFolder('writing'), 'other disk');
  await mkdir(folder);
  await answerWithFolder(app(), folder);
  const details = await selectVersion(page, best);
  const dialog = await openDialog(page, 'Back up this version', 'Back up v11', details);
  await press(dialog, 'Choose a folder…');
  await expect(dialog).toContainText(folder);
  await expectAccessible(page);
  await press(dialog, 'Back up');
  await expect(page.getByText('1 version is backed up')).toBeVisible();
  expect(await readdir(join(folder, 'objects'))).toHaveLength(2);
  await readJson(['backup', run, 'v2']);

  const backups = await showPage(page, 'Backups');
  await expect(recordsOf(backups)).toHaveCount(3);
  await press(backups, 'Verify all');
  await expect(page.getByText('All 2 backups are whole')).toBeVisible();
  const elsewhere = recordsOf(backups).filter({ hasText: folder });
  await elsewhere.getByRole('button').click();
  // It holds the only copy now.
  await rm(join(run, best));
  let asked = await openDialog(page, 'Delete…', 'Delete a backup');
  await expectAccessible(page);
  await press(asked, 'Delete for good');
  await expect(asked.getByRole('alert')).toContainText('it holds the last copy of');
  await press(asked, 'Keep it');
  expect(await readdir(join(folder, 'objects'))).toHaveLength(2);

  for (const name of await readdir(join(folder, 'objects')))
    await appendFile(join(folder, 'objects', name), 'x');
  await press(backups, 'Verify now');
  await expect(page.getByText('The backup is damaged')).toBeVisible();
  await expect(elsewhere.locator('[data-state="damaged"]')).toBeVisible();
  await expect(backups.getByRole('button', { name: 'Restore…' })).toBeDisabled();
  asked = await openDialog(page, 'Delete…', 'Delete a backup');
  await press(asked, 'Delete for good');
  await expect(recordsOf(backups)).toHaveCount(2);
  await expect(page.getByRole('alert').filter({ hasText: 'The backup is deleted' })).toContainText(
    `The backup is deleted, and with it a file that no other copy is left of: ${best}.`,
  );
  expect(await readdir(join(folder, 'objects'))).toEqual([]);
});

test('a backup that fails in the background says so until it is read, through the system too, and shows what went wrong', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const told = await hearWhileAway(app());
  holder = await holdLock(run);
  const dialog = await openDialog(page, 'Back up…', 'Back up this run');
  await press(dialog, 'Back up');
  await expect(dialog.getByRole('progressbar', { name: 'Backing up' })).toBeVisible();
  await press(dialog, 'Go on in the background');
  await expect(dialog).toBeHidden();
  // All is copied, and it waits: what is moved away now nobody makes anew.
  const objects = () => readdir(join(run, '.cairn/backups/objects')).catch(() => []);
  let copied = -1;
  await expect
    .poll(
      async () => {
        const before = copied;
        copied = (await objects()).length;
        return copied > 0 && copied === before;
      },
      { intervals: [500] },
    )
    .toBe(true);
  await rename(join(run, '.cairn/backups'), join(run, '.cairn/moved'));
  await writeFile(join(run, '.cairn/backups'), 'in the way');
  holder.kill('SIGKILL');
  const toast = page.getByRole('alert').filter({ hasText: 'Backing up failed: sample-run' });
  await expect(toast).toContainText('.cairn/backups');
  await expectAccessible(page, '.toasts');
  await press(toast, 'Show what went wrong');
  await expect(toast).toHaveCount(0);
  const tasks = page.getByRole('dialog', { name: /^Tasks$/ });
  await expect(tasks).toContainText(/Backing up sample-run.*failed in.*\.cairn\/backups/s);
  await expectAccessible(page);
  expect(await told()).toEqual([expect.stringMatching(/^The backup failed sample-run: .*\.cairn\/backups/)]);
  await page.keyboard.press('Escape');
  await expect(tasks).toHaveCount(0);
});

test('a long label is cut where it stands, and can be read in full', async () => {
  const page = await open(await copySampleRun());
  const label = `${'before_it_went_wrong_'.repeat(9)}end`;
  const backUp = await openDialog(page, 'Back up…', 'Back up this run');
  await backUp.getByLabel('Label').fill(label);
  await press(backUp, 'Back up');
  await press(backUp, 'Done');
  const backups = await showPage(page, 'Backups');
  await expect(recordsOf(backups).getByRole('button', { name: label })).toHaveAttribute('title', label);
  const overflows = (part: Locator) =>
    part.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  expect(await overflows(backups)).toBe(false);
  const restore = await openDialog(page, 'Restore…', `Restore “${label}”`);
  await expect(restore.getByTitle(`Restore “${label}”`)).toBeVisible();
  await expect(restore.getByRole('status').first()).toContainText('as backed up');
  expect(await overflows(restore)).toBe(false);
  await page.keyboard.press('Escape');
  const remove = await openDialog(page, 'Delete…', 'Delete a backup');
  expect(await overflows(remove)).toBe(false);
});

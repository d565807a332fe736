import type { ChildProcess } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { hearWhileAway } from '../driver/hear-while-away.ts';
import { holdLock } from '../driver/hold-lock.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
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
  await expect(recordsOf(backups)).toContainText(/before it went wrong.*24.*verified.*with the run/);
  await expectAccessible(page, '#run-panel');
  dialog = await openDialog(page, 'Restore…', /^Restore/);
  await expect(dialog.getByRole('status').first()).toHaveText(
    '24 versions: 1 created, 1 replaced, 22 the same already.',
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

test('before a restore it is seen which metrics and tensors would change; the command does the same', async () => {
  const run = await copySampleRun();
  await readJson(['backup', run, 'v11']);
  const whole = await readFile(join(run, best));
  const record = JSON.parse(await readFile(join(run, sidecar), 'utf8')) as { metrics: { sharpe: number } };
  await rm(join(run, best));
  await rm(join(run, sidecar));
  // Another version takes its name: other weights, other metrics.
  const other = await readFile(join(run, second));
  await appendFile(join(run, best), other);
  await appendFile(join(run, sidecar), await readFile(join(run, second.replace('.pt', '.json')), 'utf8'));
  const page = await open(run);
  const backups = await showPage(page, 'Backups');
  const dialog = await openDialog(page, 'Restore…', /^Restore/, backups);
  await dialog.getByRole('button', { name: /^model_v0011/ }).click();
  const part = dialog.getByRole('region', { name: 'What changes in this version' });
  await expect(part.getByRole('row', { name: /^sharpe/ }).first()).toContainText(
    String(record.metrics.sharpe),
  );
  await expect(part).toContainText(/\d+ changed, \d+ identical, 0 added, 0 removed/);
  await expectAccessible(page);
  const before = await contents(run);
  const line = await commandOf(dialog);
  const dry = await runLine(`${line} --dry-run --json`);
  expect(JSON.parse(dry.stdout)).toMatchObject({ changes: [{ id: best, action: 'replace' }] });
  expect(await contents(run)).toEqual(before);
  expect(await runLine(line)).toMatchObject({ code: 0 });
  expect(await readFile(join(run, best))).toEqual(whole);
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
  const backups = await showPage(page, 'Backups');
  await expect(backups).toContainText('This run has no backups yet');
  await expectAccessible(page, '#run-panel');
  await answerWithFolder(app(), place);
  await press(backups, 'Look in another folder…');
  await expect(backups).toContainText('it is no folder of backups');
  await answerWithFolder(app(), folder);
  await press(backups, 'Look in another folder…');
  await expect(backups.getByRole('complementary', { name: 'Details' })).toContainText(lost);
  const dialog = await openDialog(page, 'Restore…', /^Restore/);
  await expect(dialog.getByRole('status').first()).toHaveText('2 versions: 1 created, 1 the same already.');
  expect(await commandOf(dialog)).toContain(`'--from=${folder}'`);
  expect(await contents(run)).toEqual(before);
  await press(dialog, 'Restore 1 version');
  await expect(dialog).toBeHidden();
  expect(await readFile(join(run, best))).toEqual(whole);
  await undo(page, '1 version is restored');
  await expect(page.getByText('The restore is undone: 1 version is in the trash')).toBeVisible();
  expect(await contents(run)).toEqual(before);
  await press(backups, 'Those of this run');
  await expect(backups).toContainText('This run has no backups yet');
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
  await expect(recordsOf(backups)).toHaveCount(2);
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
  await expect(recordsOf(backups)).toHaveCount(1);
  await expect(page.getByRole('alert').filter({ hasText: 'The backup is deleted' })).toContainText(
    `The backup is deleted, and with it a file that no other copy is left of: ${best}.`,
  );
  expect(await readdir(join(folder, 'objects'))).toEqual([]);
});

test('where a version is damaged its details name the backup that is whole, and restore it alone', async () => {
  const run = await copySampleRun();
  await readJson(['backup', run, 'v2', 'v11', '--label', 'before it went wrong']);
  const whole = await readFile(join(run, best));
  await appendFile(join(run, best), 'damage');
  await rm(join(run, second));
  const page = await open(run);
  let details = await selectVersion(page, second);
  const integrity = details.getByRole('region', { name: 'Integrity' });
  await expect(integrity).toContainText(/It is whole in the backup “before it went wrong” of 20\d\d/);
  details = await selectVersion(page, best);
  await press(page, 'Verify run');
  await expect(integrity).toContainText('It is whole in the backup “before it went wrong”');
  await expectAccessible(page, '[aria-label="Details"]');
  const damaged = await contents(run);
  const dialog = await openDialog(page, 'Restore…', 'Restore v11 from its backup', integrity);
  await expect(dialog).toContainText('before it went wrong');
  await expect(
    dialog.getByRole('list', { name: 'What restoring changes' }).getByRole('listitem'),
  ).toHaveCount(1);
  await expectAccessible(page);
  const line = await commandOf(dialog);
  expect((await runLine(`${line} --dry-run --json`)).stdout).toContain('"action":"replace"');
  await press(dialog, 'Restore 1 version');
  await expect(dialog).toBeHidden();
  await expect(integrity).toContainText('Verified');
  await expect(integrity.getByRole('button', { name: 'Restore…' })).toHaveCount(0);
  expect(await readFile(join(run, best))).toEqual(whole);
  expect(await isThere(join(run, second))).toBe(false);
  await undo(page, '1 version is restored and verified');
  await expect(integrity).not.toContainText('Verified');
  expect(await contents(run)).toEqual(damaged);
});

test('where no backup holds a damaged version, or none that is whole, that is said instead', async () => {
  const run = await copySampleRun();
  await rm(join(run, second));
  const page = await open(run);
  const integrity = (await selectVersion(page, second)).getByRole('region', { name: 'Integrity' });
  await expect(integrity).toContainText('No backup holds it, so it cannot be restored.');
  await expect(integrity.getByRole('button', { name: 'Restore…' })).toHaveCount(0);
  await readJson(['backup', run, 'v11']);
  const objects = join(run, '.cairn/backups/objects');
  for (const name of await readdir(objects)) await turnOneBit(join(objects, name));
  await runLine(`cairn backups ${run} --verify`);
  await appendFile(join(run, best), 'damage');
  await selectVersion(page, best);
  await press(page, 'Verify run');
  await expect(integrity).toContainText('The backup that holds it is damaged too');
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

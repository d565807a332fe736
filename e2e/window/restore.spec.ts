import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
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

const sidecar = best.replace('.pt', '.json');

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
  await dialog.getByRole('button', { name: /model_v0011/ }).click();
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
  await expect(recordsOf(backups)).toHaveCount(1);
  await expect(recordsOf(backups)).toContainText(/Kept before overwriting.*no checksum.*with the run/);
  await expectAccessible(page, '#run-panel');
  await answerWithFolder(app(), place);
  await press(backups, 'Look in another folder…');
  await expect(backups).toContainText('it is no folder of backups');
  await answerWithFolder(app(), folder);
  await press(backups, 'Look in another folder…');
  await expect(backups.getByRole('complementary', { name: 'Details' })).toContainText(lost);
  const dialog = await openDialog(page, 'Restore…', /^Restore/);
  await expect(dialog.getByRole('status').first()).toHaveText('1 version comes back, 1 is already the same.');
  expect(await commandOf(dialog)).toContain(`'--from=${folder}'`);
  expect(await contents(run)).toEqual(before);
  await press(dialog, 'Restore 1 version');
  await expect(dialog).toBeHidden();
  expect(await readFile(join(run, best))).toEqual(whole);
  await undo(page, '1 version is restored');
  await expect(page.getByText('The restore is undone: 1 version is in the trash')).toBeVisible();
  expect(await contents(run)).toEqual(before);
  await press(backups, 'This run’s backups');
  await expect(recordsOf(backups)).toContainText('Kept before overwriting');
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
  await expect(integrity).toContainText(/An intact copy is in the backup “before it went wrong” of 20\d\d/);
  details = await selectVersion(page, best);
  await press(page, 'Verify run');
  await expect(integrity).toContainText('An intact copy is in the backup “before it went wrong”');
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

test('what was kept before overwriting is restored like any backup, and taken back; it cannot be verified or deleted', async () => {
  const run = await copySampleRun();
  const checkpoint = join(run, 'checkpoints/checkpoint.pt');
  const [now, old] = [await readFile(checkpoint), await readFile(`${checkpoint}.backup`)];
  const page = await open(run);
  const backups = await showPage(page, 'Backups');
  await expect(recordsOf(backups)).toContainText(/Kept before overwriting.*1.*no checksum/);
  await expect(backups.getByRole('button', { name: 'Verify all' })).toBeDisabled();
  for (const name of ['Verify now', 'Delete…'])
    await expect(backups.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page, '#run-panel');
  const dialog = await openDialog(page, 'Restore…', 'Restore “Kept before overwriting”');
  await expect(dialog.getByRole('status').first()).toHaveText('1 version is replaced.');
  await press(dialog, 'Restore 1 version');
  await expect(dialog).toBeHidden();
  expect(await readFile(checkpoint)).toEqual(old);
  await undo(page, '1 version is restored and verified');
  await expect(page.getByText('The restore is undone')).toBeVisible();
  expect(await readFile(checkpoint)).toEqual(now);
});

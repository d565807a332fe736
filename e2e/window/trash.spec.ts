import type { ChildProcess } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { holdLock } from '../driver/hold-lock.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
import { expectVersionCount, rowOf } from '../driver/versions-table.ts';
import {
  commandOf,
  contents,
  first,
  isThere,
  openDialog,
  press,
  recordsOf,
  second,
  showPage,
} from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open } = openedRuns();

let holder: ChildProcess | null = null;
test.afterEach(() => void holder?.kill('SIGKILL'));

test('the trash says what is in it, version by version; what is brought back is byte for byte what it was', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  await readJson(['trash', run, 'v1']);
  await readJson(['trash', run, 'v2', 'v3']);
  const page = await open(run, 23);
  const trash = await showPage(page, 'Trash');
  await expect(recordsOf(trash)).toHaveCount(2);
  await expect(recordsOf(trash).first()).toContainText(/Moved by hand.*v2, v3.*2.*kB/);
  await expectAccessible(page, '#run-panel');
  await press(recordsOf(trash).first(), 'Moved by hand');
  const details = trash.getByRole('complementary', { name: 'Details' });
  const parts = details.getByRole('list', { name: 'Versions in the trash' });
  await expect(parts.getByRole('listitem')).toHaveCount(2);
  await parts.getByRole('button', { name: /^v3/ }).click();
  await expect(details).toContainText('This version has no record beside it.');
  await parts.getByRole('button', { name: /^v2/ }).click();
  const record = details.getByRole('region', { name: 'Record of the version' });
  await expect(record).toContainText(/Sharpe ratio−?\d\.\d{4}Win rate\d\d\.\d\d%/);
  await record.getByText('Sidecar', { exact: true }).click();
  await record.getByText('metrics', { exact: true }).click();
  await expect(record).toContainText('sharpe');
  await expectAccessible(page, '#run-panel');
  const undoing = await commandOf(details);
  await press(details, 'Bring back');
  await expect(recordsOf(trash)).toHaveCount(1);
  expect(await isThere(join(run, second))).toBe(true);
  expect(await runLine(undoing)).toMatchObject({ code: 1, stderr: expect.stringContaining('no operation') });

  await press(recordsOf(trash).first(), 'Moved by hand');
  expect(await runLine(await commandOf(details))).toMatchObject({ code: 0 });
  await expect(trash).toContainText('The trash is empty');
  await expect(trash).toContainText('at first 7 days and 20 GB');
  await showPage(page, 'Versions');
  await expectVersionCount(page, 26);
  await expect(rowOf(page, second)).toHaveCount(1);
  expect(await contents(run)).toEqual(before);
});

test('what a save moved there by itself says that it stays within limits, what a person moved until it is deleted', async () => {
  const run = await copySampleRun();
  await readJson(['trash', run, 'v2']);
  const weights = join(run, 'checkpoints/checkpoint.pt');
  const saved = await readJson(['save', run, '--weights', weights, '--reward', '1', '--metric', 'sharpe=9']);
  const { pruned } = saved as { pruned: string[] };
  expect(pruned.length).toBeGreaterThan(0);
  const page = await open(run, 26 - pruned.length);
  const trash = await showPage(page, 'Trash');
  const details = trash.getByRole('complementary', { name: 'Details' });
  await press(recordsOf(trash).first(), 'Pruned after a save');
  await expect(details).toContainText('Within the limits in Settings');
  await press(recordsOf(trash).last(), 'Moved by hand');
  await expect(details).toContainText('Until you delete it for good');
});

test('several are brought back together; deleting for good says what is lost and what the disk gains, and asks', async () => {
  const run = await copySampleRun();
  for (const version of ['v1', 'v2', 'v3']) await readJson(['trash', run, version]);
  const page = await open(run, 23);
  const trash = await showPage(page, 'Trash');
  await recordsOf(trash).nth(0).getByRole('checkbox').check();
  await recordsOf(trash).nth(1).getByRole('checkbox').check();
  await expect(trash.getByRole('toolbar').getByRole('status')).toContainText('2 versions');
  await press(trash, 'Bring back selected');
  await expect(recordsOf(trash)).toHaveCount(1);
  expect(await isThere(join(run, second))).toBe(true);

  const dialog = await openDialog(page, 'Empty trash…', 'Delete for good');
  await expect(dialog).toContainText('1 version, 1');
  await expect(dialog).toContainText('v1');
  await expect(dialog).toContainText(/The disk gains (at most )?\d.* kB/);
  expect(await commandOf(dialog)).toMatch(/^cairn trash --empty --yes /);
  await expectAccessible(page);
  await press(dialog, 'Keep them');
  await expect(recordsOf(trash)).toHaveCount(1);
  await openDialog(page, 'Empty trash…', 'Delete for good');
  await press(dialog, 'Delete for good');
  await expect(dialog).toBeHidden();
  await expect(trash).toContainText('The trash is empty');
  expect(await isThere(join(run, first))).toBe(false);
  expect(((await readJson(['trash', run])) as { operations: unknown[] }).operations).toEqual([]);
});

test('what is deleted when its dialog is closed already closes no other; what fails then is told', async () => {
  const run = await copySampleRun();
  for (const version of ['v1', 'v2']) await readJson(['trash', run, version]);
  const page = await open(run, 24);
  const trash = await showPage(page, 'Trash');
  const details = trash.getByRole('complementary', { name: 'Details' });
  const dialog = page.getByRole('dialog', { name: 'Delete for good' });
  const ask = async (record: number) => {
    await press(recordsOf(trash).nth(record), 'Moved by hand');
    await openDialog(page, 'Delete for good…', 'Delete for good', details);
    await expect(dialog).toContainText('The disk gains');
  };
  holder = await holdLock(run);
  await ask(0);
  await press(dialog, 'Delete for good');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await ask(1);
  holder.kill('SIGKILL');
  await expect(page.getByRole('alert').filter({ hasText: 'of files deleted for good' })).toBeVisible();
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('v1');

  holder = await holdLock(run);
  await press(dialog, 'Delete for good');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('alert').filter({ hasText: 'ann@there' })).toBeVisible();
});

test('damaged records of the trash and of backups are told, beside what is whole', async () => {
  const run = await copySampleRun();
  await readJson(['trash', run, 'v1']);
  await readJson(['trash', run, 'v2']);
  for (const version of ['v3', 'v4']) await readJson(['backup', run, version]);
  const [operation = ''] = await readdir(join(run, '.cairn/trash'));
  const [backup = ''] = await readdir(join(run, '.cairn/backups/manifests'));
  const paths = [`.cairn/trash/${operation}/manifest.json`, `.cairn/backups/manifests/${backup}`];
  for (const path of paths) await writeFile(join(run, path), '{');
  const page = await open(run, 24);
  const trash = await showPage(page, 'Trash');
  await expect(recordsOf(trash)).toHaveCount(1);
  await expect(trash.getByRole('region', { name: 'Damaged records in the trash' })).toContainText(operation);
  await expectAccessible(page, '#run-panel');
  const backups = await showPage(page, 'Backups');
  // One that is whole, and what the run kept before overwriting.
  await expect(recordsOf(backups)).toHaveCount(2);
  await expect(backups.getByRole('region', { name: 'Problems with backups' })).toContainText(backup);
  await expectAccessible(page, '#run-panel');
});

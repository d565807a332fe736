import { spawn } from 'node:child_process';
import { cp, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { shareCairn } from '../driver/launch-cairn.ts';
import { builtApp, electronPath, sandboxFlags } from '../driver/places.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { allIds, expectVersionCount, selectVersion, statusLine } from '../driver/versions-table.ts';
import { copySampleRun, makeEdgeRun, makeGenerations } from '../fixtures/copy-runs.ts';
import { saveVersion } from '../fixtures/save-version.ts';

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

test('a folder that is renamed, and comes back, is said in the status line', async () => {
  const { page } = cairn();
  await expectVersionCount(page, 26);
  const elsewhere = join(dirname(run), 'renamed-run');
  await rename(run, elsewhere);
  await expect(statusLine(page)).toContainText('The folder is gone');
  await expect(statusLine(page)).toContainText('renamed-run');
  const details = await selectVersion(page, 'checkpoints/checkpoint.pt');
  await details.getByRole('tab', { name: 'Contents' }).click();
  await expect(details.getByRole('alert')).toContainText('it is not there');
  await details.getByRole('button', { name: 'Try again' }).click();
  await expect(details.getByRole('alert')).toContainText('it is not there');
  await rename(elsewhere, run);
  await expect(statusLine(page)).toContainText('The folder is back');
  await expect(details.getByRole('region', { name: 'Loading it' })).toBeVisible();
  await expect(statusLine(page)).toContainText('Watching live');
  await expectVersionCount(page, 26);
  const { id } = await saveVersion(run, { version: 60, reward: 0.1 });
  await expect.poll(() => allIds(page)).toContain(id);
});

test('a run whose folder was renamed is opened where it is now; until then nothing is offered that cannot be done', async () => {
  const { page } = cairn();
  await expectVersionCount(page, 27);
  const elsewhere = join(dirname(run), 'another-name');
  await rename(run, elsewhere);
  for (const name of ['Verify run', 'Prune…', 'Back up…'])
    await expect(page.getByRole('button', { name, exact: true })).toHaveAttribute('aria-disabled', 'true');
  const details = await selectVersion(page, 'checkpoints/checkpoint.pt');
  await details.getByRole('tab', { name: 'Overview' }).click();
  for (const name of ['Compare weights…', 'Back up this version', 'Pin'])
    await expect(details.getByRole('button', { name, exact: true })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Open another-name' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'another-name' })).toBeVisible();
  await expectVersionCount(page, 27);
  await expect(page.getByRole('button', { name: 'Close sample-run' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Prune…', exact: true })).not.toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await rename(elsewhere, run);
  await page.getByRole('button', { name: 'Open sample-run' }).click();
  await expectVersionCount(page, 27);
});

test('a run that was moved, with a link where it was, is opened where the link leads', async () => {
  const { page } = cairn();
  await expectVersionCount(page, 27);
  const elsewhere = join(await tempFolder('larger-disk'), 'moved');
  await rename(run, elsewhere);
  await symlink(elsewhere, run);
  await expect(page.getByRole('heading', { level: 1, name: 'moved' })).toBeVisible();
  await expect(statusLine(page)).toContainText('Watching live');
  await expectVersionCount(page, 27);
  await rm(run);
  await rename(elsewhere, run);
  await symlink(run, elsewhere);
  await expect(page.getByRole('heading', { level: 1, name: basename(run) })).toBeVisible();
  await expectVersionCount(page, 27);
});

test('a folder that is removed leaves the list of what it held', async () => {
  const { page } = cairn();
  const copy = join(await tempFolder('copy'), 'run');
  await cp(run, copy, { recursive: true, preserveTimestamps: true });
  const held = (await allIds(page)).sort();
  await rm(run, { recursive: true });
  await expect(statusLine(page)).toContainText('The folder is gone');
  expect((await allIds(page)).sort()).toEqual(held);
  await cp(copy, run, { recursive: true, preserveTimestamps: true });
  await expect(statusLine(page)).toContainText('Watching live');
  await expectVersionCount(page, 27);
});

test('a folder that is removed, and made anew, is said in the status line', async () => {
  const { page } = cairn();
  const { versions } = asListing(await readJson(['ls', run]));
  const copy = join(await tempFolder('copy'), 'run');
  await cp(run, copy, { recursive: true, preserveTimestamps: true });
  await rm(run, { recursive: true });
  await expect(statusLine(page)).toContainText('The folder is gone');
  await cp(copy, run, { recursive: true, preserveTimestamps: true });
  await expect(statusLine(page)).toContainText('Watching live');
  await expectVersionCount(page, versions.length);
});

/** Opens a folder as File › Open Folder… does when the person chooses it. */
async function openFromMenu(electron: ElectronApplication, folder: string): Promise<void> {
  await electron.evaluate(({ dialog, Menu }, answer) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
    items?.find(({ label }) => label === 'Open Folder…')?.click();
  }, folder);
}

test('a second start hands its runs to the window that is open', async () => {
  const { page, electron, userData } = cairn();
  const { typed } = await makeGenerations();
  const args = [...sandboxFlags(), builtApp, `--user-data-dir=${userData}`, typed];
  const started = spawn(electronPath(), args, { stdio: 'ignore' });
  expect(await new Promise((done) => started.once('exit', done))).toBe(0);
  await expect(page.getByRole('heading', { level: 1, name: 'typed' })).toBeVisible();
  await expectVersionCount(page, 7);
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a run that is open already comes to the front when it is opened again', async () => {
  const { page, electron, userData } = cairn();
  const args = [...sandboxFlags(), builtApp, `--user-data-dir=${userData}`, run];
  const started = spawn(electronPath(), args, { stdio: 'ignore' });
  expect(await new Promise((done) => started.once('exit', done))).toBe(0);
  await expect(page.getByRole('heading', { level: 1, name: 'sample-run' })).toBeVisible();
  const { typed } = await makeGenerations();
  for (const [folder, name] of [
    [typed, 'typed'],
    [run, 'sample-run'],
  ] as const) {
    await openFromMenu(electron, folder);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  }
  await page
    .getByRole('button', { name: /^Close .*typed$/ })
    .last()
    .click();
});

test('a folder dropped on the window opens', async () => {
  const { page } = cairn();
  const { simple } = await makeGenerations();
  const session = await page.context().newCDPSession(page);
  const at = { x: 600, y: 400, data: { items: [], files: [simple], dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at });
  }
  await expect(page.getByRole('heading', { level: 1, name: 'simple' })).toBeVisible();
  await expectVersionCount(page, 5);
});

test('every generation opens beside the others, and shows what the command line lists', async () => {
  const { page, electron } = cairn();
  const { oldest, typed } = await makeGenerations();
  for (const folder of [oldest, typed, await makeEdgeRun()]) {
    await electron.evaluate(({ dialog }, answer) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
    }, folder);
    await page.keyboard.press('Control+o');
    await expect(page.getByRole('heading', { level: 1, name: basename(folder) })).toBeVisible();
    const { versions } = asListing(await readJson(['ls', folder]));
    await expectVersionCount(page, versions.length);
    await expect.poll(async () => (await allIds(page)).sort()).toEqual(versions.map(({ id }) => id).sort());
  }
});

test('what is no folder is refused as an argument, and the window opens all the same', async () => {
  const { page, electron, userData, log } = cairn();
  const args = [...sandboxFlags(), builtApp, `--user-data-dir=${userData}`, '/nothing/here'];
  const started = spawn(electronPath(), args, { stdio: 'ignore' });
  await new Promise((done) => started.once('exit', done));
  await expect.poll(() => log.join('\n')).toMatch(/cairn: cannot open \/nothing\/here/);
  await expect(page.getByRole('alert')).toContainText('Cannot open /nothing/here');
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await expect(page.locator('main')).toBeVisible();
});

test('what cannot be opened from the menu is said in the window', async () => {
  const { page, electron } = cairn();
  await openFromMenu(electron, '/nothing/there');
  await expect(page.getByRole('alert').filter({ hasText: 'Cannot open /nothing/there' })).toBeVisible();
});

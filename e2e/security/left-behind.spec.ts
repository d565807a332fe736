import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount, selectVersion } from '../driver/versions-table.ts';
import { type Weakening, weakenApp } from '../driver/weaken-app.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { logsWhatItIsTold, ownFilesForAll } from './weakenings.ts';

/** What the app leaves on the disk: in its own data, in the run, in the log. */

const first = 'best_models/model_v0001_rewardn0.1214_20260302_094200';
/** Stands in a record, and nowhere else. */
const secret = 'secret-of-the-record-7c1f';

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A run with a secret in a record, opened, worked on, and its window crashed in the end. */
async function workOnSecret(weakenings: Weakening[]): Promise<{ app: Cairn; run: string }> {
  const run = await copySampleRun();
  const sidecar = join(run, `${first}.json`);
  await writeFile(sidecar, JSON.stringify({ ...JSON.parse(await readFile(sidecar, 'utf8')), notes: secret }));
  const app = await launchCairn({
    runs: [run],
    ...(weakenings.length > 0 && { app: await weakenApp(...weakenings) }),
  });
  const { page } = app;
  await expectVersionCount(page, 26);
  const details = await selectVersion(page, `${first}.pt`);
  await expect(details.getByRole('textbox', { name: 'Note' })).toHaveValue(secret);
  await details.getByRole('textbox', { name: 'Note' }).fill(`${secret} and more`);
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.getByRole('alert').first().waitFor();
  await page.evaluate(
    (text) =>
      (
        window as unknown as { cairn: { request(name: string, input: unknown): Promise<unknown> } }
      ).cairn.request('markVersions', { notes: text }),
    secret,
  );
  return { app, run };
}

/** Where the secret is, of all that the app has written outside the run. */
async function leaks({ userData, log }: Cairn): Promise<string[]> {
  const files = await filesBelow(userData);
  const held = await Promise.all(
    files.map(async (file) =>
      (await readFile(file).catch(() => Buffer.alloc(0))).includes(secret) ? [file] : [],
    ),
  );
  return [...held.flat(), ...log.filter((line) => line.includes(secret))];
}

test('41: neither the log nor a crash dump nor the app’s own data holds anything of a file', async () => {
  const { app } = await workOnSecret([]);
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(() => app.log.join('\n')).toContain("the window's page stopped");
  const dumps = await app.electron.evaluate(({ app: electronApp, crashReporter }) => ({
    folder: electronApp.getPath('crashDumps'),
    uploads: crashReporter.getUploadedReports().length,
  }));
  expect(dumps.uploads).toBe(0);
  const files = await filesBelow(dumps.folder).catch(() => []);
  expect(files.filter((file) => !file.endsWith('client_id'))).toEqual([]);
  await app.close();
  expect(await leaks(app)).toEqual([]);
});

test('control: a log that holds what the window says is found out', async () => {
  const { app } = await workOnSecret(logsWhatItIsTold);
  await app.close();
  expect(await leaks(app)).not.toEqual([]);
});

/** Files and folders of ours that others may read or write, with their modes. */
async function openToOthers(folder: string, mask: number, names: RegExp): Promise<string[]> {
  const all = [folder, ...(await readdir(folder, { recursive: true })).map((name) => join(folder, name))];
  const modes = await Promise.all(
    all
      .filter((path) => names.test(path))
      .map(async (path) => [path, (await stat(path)).mode & 0o777] as const),
  );
  return modes.filter(([, mode]) => mode & mask).map(([path, mode]) => `${mode.toString(8)} ${path}`);
}

/** Works as somebody whose files are open to all, unless a program says otherwise. */
async function withOpenUmask(weakenings: Weakening[]): Promise<{ run: string; userData: string }> {
  const before = process.umask(0);
  const userData = join(await tempFolder('open'), 'data');
  const run = await copySampleRun();
  const app = await launchCairn({
    runs: [run],
    userData,
    ...(weakenings.length > 0 && { app: await weakenApp(...weakenings) }),
  });
  const { page } = app;
  await expectVersionCount(page, 26);
  await selectVersion(page, `${first}.pt`);
  await page.keyboard.press('p');
  await page.getByRole('alert').first().waitFor();
  await page.getByRole('button', { name: 'Back up…', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back up', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await app.close();
  process.umask(before);
  return { run, userData };
}

const own = /\/(recents|app-settings|window)\.json$|\/\.cairn(\/|$)/;

test('42: what the app makes is its owner’s alone to write, and its own data to read, whatever the umask', async () => {
  const { run, userData } = await withOpenUmask([]);
  expect((await filesBelow(userData)).filter((path) => own.test(path)).length).toBeGreaterThanOrEqual(2);
  expect(await openToOthers(userData, 0o077, own)).toEqual([]);
  expect(await openToOthers(run, 0o022, own)).toEqual([]);
});

test('control: an app that leaves it to the umask is found out', async () => {
  const { userData } = await withOpenUmask(ownFilesForAll);
  expect(await openToOthers(userData, 0o077, own)).not.toEqual([]);
});

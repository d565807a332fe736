import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { newWindow } from '../driver/new-window.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount } from '../driver/versions-table.ts';
import { answerWithFolder } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

let cairn: Cairn | null = null;
test.afterEach(async () => {
  await cairn?.close();
  cairn = null;
});

async function start(userData: string, runs: string[] = []): Promise<Cairn> {
  cairn = await launchCairn({ userData, runs });
  return cairn;
}

/** The driver sets the colours of pages itself, unless it is told not to. */
async function isDark(page: Page): Promise<boolean> {
  await page.emulateMedia({ colorScheme: null });
  return page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
}

test('colours change at once, for a start later too', async () => {
  const userData = await tempFolder('user-data');
  const { page } = await start(userData);
  await page.keyboard.press('ControlOrMeta+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByText('Dark', { exact: true }).click();
  await expect.poll(() => isDark(page)).toBe(true);
  await dialog.getByRole('combobox', { name: 'Threads that read files' }).selectOption('2');
  await expectAccessible(page);
  await cairn?.close();
  const again = await start(userData);
  await expect.poll(() => isDark(again.page)).toBe(true);
  const file = await readFile(join(userData, 'app-settings.json'), 'utf8');
  expect(JSON.parse(file)).toEqual({ theme: 'dark', threads: 2, notify: true });
});

test('settings look the same before any run was open: words and button of a line do not touch', async () => {
  const { page } = await start(await tempFolder('user-data'));
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const button = await dialog.getByRole('button', { name: 'Choose a folder…' }).boundingBox();
  const words = await dialog.getByText('with their run, on the same disk').boundingBox();
  expect((button?.x ?? 0) - ((words?.x ?? 0) + (words?.width ?? 0))).toBeGreaterThanOrEqual(8);
});

test('what one window changes of the settings stays when another, which knew them from before, changes others', async () => {
  const userData = await tempFolder('user-data');
  const started = await start(userData);
  const { page } = started;
  const settingsOf = async (window: Page) => {
    await window.getByRole('button', { name: 'Settings' }).click();
    return window.getByRole('dialog', { name: 'Settings' });
  };
  const other = await newWindow(started);
  const [one, two] = [await settingsOf(page), await settingsOf(other)];
  await expect(two.getByText('Dark', { exact: true })).toBeVisible();
  await one.getByText('Dark', { exact: true }).click();
  await expect.poll(() => isDark(other)).toBe(true);
  await two.getByRole('combobox', { name: 'Threads that read files' }).selectOption('2');
  const file = join(userData, 'app-settings.json');
  await expect
    .poll(async () => JSON.parse(await readFile(file, 'utf8')))
    .toEqual({ theme: 'dark', threads: 2, notify: true });
});

test('limits are saved where the command line finds them; what is no limit is said at its field', async () => {
  const userData = await tempFolder('user-data');
  const { page } = await start(userData);
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const age = dialog.getByRole('group', { name: 'Trash from automatic retention' }).getByLabel('Maximum age');
  await expect(age).toHaveValue('7d');
  await age.fill('soon');
  await expect(dialog.getByText('such as 30d, 12h or 4w')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save limits' })).toBeDisabled();
  await age.fill('30d');
  await dialog.getByRole('button', { name: 'Save limits' }).click();
  await expect(page.getByText('Limits saved.')).toBeVisible();
  expect(await readFile(join(userData, 'settings.yaml'), 'utf8')).toContain('max_age: 30d');
});

test('About says what runs, whose work is in it, and saves diagnostics that name nobody', async () => {
  const run = await copySampleRun();
  const { page, electron, userData } = await start(await tempFolder('user-data'), [run]);
  await expectVersionCount(page, 26);
  await page.getByRole('button', { name: 'About', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'About Cairn' });
  await expect(dialog).toContainText(/Electron \d+/);
  await dialog.getByRole('button', { name: 'Third-party licences' }).click();
  await expect(dialog.getByRole('region', { name: 'Third-party licences' })).toContainText('react');
  await expect(dialog.getByRole('region', { name: 'Third-party licences' })).toContainText('h5wasm');
  await expectAccessible(page);
  const target = join(userData, 'diagnostics.json');
  await electron.evaluate(({ dialog: system }, filePath) => {
    system.showSaveDialog = async () => ({ canceled: false, filePath });
  }, target);
  await dialog.getByRole('button', { name: 'Save diagnostics…' }).click();
  await expect(page.getByText('The diagnostics are saved.')).toBeVisible();
  const text = await readFile(target, 'utf8');
  expect(JSON.parse(text).runs).toMatchObject([{ versions: 26, watch: 'live' }]);
  for (const secret of [run, 'sample-run', 'best_models', 'sharpe']) expect(text).not.toContain(secret);
});

test('a second window is its own; a window opens where it was left, but never out of sight', async () => {
  const userData = await tempFolder('user-data');
  const run = await copySampleRun();
  const { page, electron } = await start(userData, [run]);
  await expectVersionCount(page, 26);
  const second = electron.waitForEvent('window');
  await electron.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File');
    file?.submenu?.items.find(({ label }) => label === 'New Window')?.click();
  });
  await expect((await second).getByRole('heading', { name: 'Cairn' })).toBeVisible();
  await expectVersionCount(page, 26);
  await (await second).close();
  await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 20, y: 30, width: 1100, height: 720 }),
  );
  await cairn?.close();
  const boundsOf = async (again: Cairn) =>
    again.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  const again = await start(userData);
  expect(await boundsOf(again)).toMatchObject({ width: 1100, height: 720 });
  await again.close();
  const place = { x: 9000, y: 9000, width: 1100, height: 720, maximized: false };
  await writeFile(join(userData, 'window.json'), JSON.stringify(place));
  const last = await boundsOf(await start(userData));
  expect(last?.x).toBeLessThan(5000);
});

test('the place for backups is chosen once, is where the dialog begins, and is no folder of a run', async () => {
  const userData = await tempFolder('user-data');
  const run = await copySampleRun();
  const disk = await tempFolder('disk');
  const { page } = await start(userData, [run]);
  await expectVersionCount(page, 26);
  let settings = page.getByRole('dialog', { name: 'Settings' });
  await page.keyboard.press('ControlOrMeta+,');
  await expect(settings).toContainText('with their run, on the same disk');
  await answerWithFolder(cairn as Cairn, join(run, 'best_models'));
  await settings.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(settings.getByRole('alert')).toContainText(
    /new backups cannot go to .+ — it is part of a run: choose a folder outside of it/,
  );
  await answerWithFolder(cairn as Cairn, disk);
  await settings.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(settings).toContainText(disk);
  await expectAccessible(page);
  await cairn?.close();

  const again = await start(userData, [run]);
  await expectVersionCount(again.page, 26);
  await again.page.getByRole('button', { name: 'Back up…' }).click();
  const dialog = again.page.getByRole('dialog', { name: 'Back up this run' });
  await expect(dialog).toContainText(disk);
  await dialog.getByRole('button', { name: 'Back up', exact: true }).click();
  await expect(dialog).toContainText('24 versions are backed up');
  expect(await readdir(join(disk, 'manifests'))).toHaveLength(1);
  await dialog.getByRole('button', { name: 'Done' }).click();

  // The disk is taken away: that is said, nothing is made in its place, and the run's own backups do.
  await rename(disk, `${disk}-away`);
  await again.page.getByRole('button', { name: 'Back up…' }).click();
  await expect(dialog).toContainText(/is not used, as it is not there: connect its disk/);
  await expect(dialog).toContainText('the run’s own backups, on the same disk');
  await again.page.keyboard.press('Escape');
  await again.page.keyboard.press('ControlOrMeta+,');
  settings = again.page.getByRole('dialog', { name: 'Settings' });
  await expect(settings).toContainText('Not used now, as it is not there: connect its disk');
  await expectAccessible(again.page);
  await settings.getByRole('button', { name: 'With the run' }).click();
  await expect(settings).toContainText('with their run, on the same disk');
  await expect(readdir(disk)).rejects.toThrow('ENOENT');
});

test('the menu shows the keys, and closes the run that is shown', async () => {
  const { electron, page } = await start(await tempFolder('user-data'), [await copySampleRun()]);
  const choose = (label: string) =>
    electron.evaluate(({ Menu }, wanted) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
      items?.find((item) => item.label === wanted)?.click();
    }, label);
  await expectVersionCount(page, 26);
  await choose('Keyboard Shortcuts');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await choose('Close Run');
  await expect(page.getByRole('heading', { name: 'Open runs' })).toHaveCount(0);
  await expect(page.getByRole('grid')).toHaveCount(0);
});

test('how large everything is drawn is remembered', async () => {
  const userData = await tempFolder('user-data');
  const zoomOf = ({ electron }: Cairn) =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor());
  const first = await start(userData);
  await first.electron.evaluate(({ BrowserWindow, Menu }) => {
    const [window] = BrowserWindow.getAllWindows();
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
    items
      ?.find(({ role }) => role?.toLowerCase() === 'zoomin')
      ?.click(undefined, window, window?.webContents);
  });
  await expect.poll(() => zoomOf(first)).toBeGreaterThan(1);
  const zoom = await zoomOf(first);
  await first.close();
  expect(await zoomOf(await start(userData))).toBe(zoom);
});

import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, type Page, type Route, test } from '@playwright/test';
import { expectNothingSerious } from '../driver/accessible.ts';
import { asListing } from '../driver/json-shapes.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import {
  allIds,
  cellOf,
  expectVersionCount,
  headOf,
  queryBox,
  rowsOf,
  selectVersion,
  sortBy,
  tableOf,
} from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const tenth = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';

const { open, app } = openedRuns();
let run: string;
test.beforeEach(async () => {
  run = await copySampleRun();
  await open(run);
});

const clipboard = () => app().electron.evaluate(({ clipboard: board }) => board.readText());
const chosenIds = (page: Page) =>
  page
    .locator('[role="row"][aria-selected="true"]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-version-id') ?? ''));
const entry = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name });

/** The next save dialog answers with this file; null for a person who thinks better of it. */
const answerSaveDialog = (filePath: string | null) =>
  app().electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: path === null, filePath: path ?? '' });
  }, filePath);

test('the menu of a row has everything that can be done to it, and the keys for it', async () => {
  const { page } = app();
  await cellOf(page, tenth, 'reward').click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'What can be done with v10' });
  await expect(menu).toBeVisible();
  expect(await chosenIds(page)).toEqual([tenth]);
  await expect(entry(page, 'Move to trash')).toContainText('Del');
  await expect(entry(page, 'Copy row')).toContainText('Ctrl+C');
  await expectNothingSerious(page);
  await entry(page, 'Copy cell').click();
  await expect(menu).toHaveCount(0);
  expect(await clipboard()).toMatch(/^0\.418\d+$/);
  await expect(tableOf(page)).toBeFocused();
});

test('the menu opens by keys where the keyboard is, moves by arrows, and Esc leaves it', async () => {
  const { page } = app();
  await selectVersion(page, tenth);
  for (const key of ['Shift+F10', 'ContextMenu']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(tableOf(page)).toBeFocused();
  }
  await page.keyboard.press('Shift+F10');
  await expect(entry(page, 'Show details')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(entry(page, 'Compare weights…')).toBeFocused();
  await entry(page, 'Move to trash').press('Enter');
  await expect(page.getByText('v10 is in the trash')).toBeVisible();
  await expect(access(join(run, tenth))).rejects.toThrow('ENOENT');
});

test('a menu opened on a chosen row is for all that are chosen', async () => {
  const { page } = app();
  await rowsOf(page).nth(1).click();
  await rowsOf(page)
    .nth(3)
    .click({ modifiers: ['Shift'] });
  await rowsOf(page).nth(2).click({ button: 'right' });
  await expect(page.getByRole('menu', { name: 'What can be done with 3 versions' })).toBeVisible();
  await expect(entry(page, 'Copy checksum')).toBeDisabled();
  await entry(page, 'Copy paths').click();
  const ids = await chosenIds(page);
  await expect.poll(clipboard).toBe(ids.map((id) => join(run, id)).join('\n'));
});

test('Ctrl+C copies the chosen rows as a table: what is shown, in its order, every digit', async () => {
  const { page } = app();
  await selectVersion(page, tenth);
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('ControlOrMeta+c');
  await expect(page.getByText('2 versions copied as a table')).toBeVisible();
  const lines = (await clipboard()).trimEnd().split('\n');
  const [heads = [], ...rows] = lines.map((line) => line.split('\t'));
  expect(heads.slice(0, 3)).toEqual(['version', 'pinned', 'integrity']);
  const { versions } = asListing(await readJson(['ls', run]));
  const rewards = rows.map((cells) => Number(cells[heads.indexOf('reward')]));
  const expected = (await chosenIds(page)).map((id) => versions.find((each) => each.id === id)?.reward);
  expect(rewards).toEqual(expected);
});

test('a loading snippet is copied by what the file is, and no path comes into the window', async () => {
  const { page } = app();
  await cellOf(page, tenth, 'version').click({ button: 'right' });
  await entry(page, 'Copy Python to load it').click();
  await expect.poll(clipboard).toContain(`torch.load(${JSON.stringify(join(run, tenth))}`);
  expect(await clipboard()).toContain('weights_only=True');
});

test('a row that is dragged gives its file to whatever it is dropped on', async () => {
  const { page, electron } = app();
  await electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window)
      window.webContents.startDrag = (item) => {
        (globalThis as { dragged?: unknown }).dragged = [
          item.files,
          (item.icon as { isEmpty(): boolean }).isEmpty(),
        ];
      };
  });
  await cellOf(page, tenth, 'size').dispatchEvent('dragstart');
  const dragged = () => electron.evaluate(() => (globalThis as { dragged?: unknown }).dragged);
  await expect.poll(dragged).toEqual([[join(run, tenth)], false]);
});

test('vim keys and ends move, Space chooses one more, Ctrl+arrows choose nothing', async () => {
  const { page } = app();
  const at = () => page.locator('[data-focused]').getAttribute('aria-rowindex');
  await tableOf(page).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect.poll(at).toBe('3');
  // Until a checkpoint has said when it is from, it is the last.
  await expect.poll(() => page.keyboard.press('G').then(at)).toBe('27');
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await expect.poll(at).toBe('2');
  await page.keyboard.press('End');
  await expect.poll(at).toBe('27');
  await page.keyboard.press('Home');
  await page.keyboard.press('ControlOrMeta+ArrowDown');
  await page.keyboard.press('ControlOrMeta+ArrowDown');
  await expect.poll(at).toBe('4');
  expect(await chosenIds(page)).toHaveLength(1);
  await page.keyboard.press(' ');
  await expect.poll(() => chosenIds(page)).toHaveLength(2);
  await page.keyboard.press(' ');
  await expect.poll(() => chosenIds(page)).toHaveLength(1);
  await page.keyboard.press('Home');
  await page.keyboard.press('J');
  await page.keyboard.press('J');
  await expect.poll(() => chosenIds(page)).toHaveLength(3);
});

test('? shows all keys there are, and typing one into the filter does not', async () => {
  const { page } = app();
  await queryBox(page).fill('');
  await queryBox(page).press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await queryBox(page).fill('');
  await tableOf(page).focus();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(list.getByText('Move to trash')).toBeVisible();
  await expectNothingSerious(page);
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(tableOf(page)).toBeFocused();
});

test('the guide is in the Help menu, and links of it lead nowhere', async () => {
  const { page, electron } = app();
  await electron.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'Help');
    help?.submenu?.items.find(({ label }) => label === 'Guide')?.click();
  });
  const guide = page.getByRole('dialog', { name: 'Guide' });
  await expect(guide.getByRole('heading', { name: 'Back up and restore' })).toBeVisible();
  await expect(guide.getByRole('link')).toHaveCount(0);
  await expectNothingSerious(page);
  await page.keyboard.press('Escape');
  await expect(guide).toHaveCount(0);
});

test('while a dialog asks, keys of what is behind it do nothing', async () => {
  const { page } = app();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(list.getByRole('button', { name: 'Close' })).toBeFocused();
  for (const key of ['/', 'ControlOrMeta+f', 'ControlOrMeta+k', 'ControlOrMeta+,', 'ControlOrMeta+Shift+a']) {
    await page.keyboard.press(key);
    await expect(list.getByRole('button', { name: 'Close' })).toBeFocused();
    await expect(page.getByRole('dialog')).toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(tableOf(page)).toBeFocused();
  await page.keyboard.press('/');
  await expect(queryBox(page)).toBeFocused();
});

test('keys count again as soon as a dialog is closed', async () => {
  const { page } = app();
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('textbox', { name: 'Find a command' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('pages are gone through by the arrows, and the focus stays on their tabs', async () => {
  const { page } = app();
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  await tab('Versions').focus();
  for (const [key, name] of [
    ['ArrowRight', 'Charts'],
    ['ArrowLeft', 'Versions'],
    ['End', 'History'],
    ['Home', 'Versions'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(tab(name)).toHaveAttribute('aria-selected', 'true');
    await expect(tab(name)).toBeFocused();
  }
  await tab('Charts').click();
  await tab('Versions').click();
  await expect(tableOf(page)).toBeFocused();
});

test('a dialog that is asked for before it is loaded gives the focus back as any other', async () => {
  const { page } = app();
  const held: Route[] = [];
  await page.route(/AppPanels/, (route) => void held.push(route));
  await page.reload();
  await expectVersionCount(page, 26);
  await expect(tableOf(page)).toBeFocused();
  await page.keyboard.press('?');
  await expect.poll(() => held.length).toBeGreaterThan(0);
  for (const route of held) await route.continue();
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(list.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(tableOf(page)).toBeFocused();
});

async function exportAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Export the list' }).click();
  await page.getByRole('menuitem', { name }).click();
}

test('the list is exported as it is shown: filter, order, columns; a file is never written over', async () => {
  const { page } = app();
  const folder = await tempFolder('export');
  const target = join(folder, 'list.csv');
  await queryBox(page).fill('kind = best');
  await expectVersionCount(page, 17);
  await sortBy(page, 'Reward');
  await headOf(page, 'Kind').getByRole('button').click({ button: 'right' });
  await entry(page, 'Hide column').click();
  await answerSaveDialog(target);
  await exportAs(page, 'CSV');
  await expect(page.getByText('17 versions are in list.csv')).toBeVisible();
  const [head = '', ...lines] = (await readFile(target, 'utf8')).trimEnd().split('\r\n');
  expect(head).toContain('version,id,pinned,integrity,reward');
  const shown = await allIds(page);
  const { versions } = asListing(await readJson(['ls', run]));
  const numbers = shown.map((id) => versions.find((each) => each.id === id)?.version);
  expect(lines.map((line) => Number(line.split(',')[0]))).toEqual(numbers);
  await exportAs(page, 'CSV');
  await expect(page.getByText(/a file of that name is there already/i)).toBeVisible();

  await answerSaveDialog(join(folder, 'list'));
  await exportAs(page, 'JSON');
  await expect(page.getByText(`17 versions are in ${basename('list.json')}`)).toBeVisible();
  const exported = JSON.parse(await readFile(join(folder, 'list.json'), 'utf8')) as { id: string }[];
  expect(exported.map(({ id }) => id)).toEqual(shown);
  // Steps that only files have are read in the background.
  const withoutStep = (version: object | undefined) => ({ ...version, step: null });
  expect(withoutStep(exported[0])).toEqual(withoutStep(versions.find(({ id }) => id === shown[0])));
});

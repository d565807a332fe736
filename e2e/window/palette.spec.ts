import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { builtApp } from '../driver/places.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { cellOf, expectVersionCount, rowOf, selectVersion, tableOf } from '../driver/versions-table.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { answerWithFile, answerWithFolder } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const tenth = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';
const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';

const { open, app } = openedRuns();

async function find(page: Page, words: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Find a command' });
  await expect(async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(box).toBeVisible({ timeout: 1000 });
  }).toPass();
  // Until its code is read a field stands in for it, which takes words and no more.
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await box.fill(words);
}

test('everything is found by its words, and done with Enter', async () => {
  const page = await open(await copySampleRun());
  await find(page, 'best version');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, best)).toHaveAttribute('aria-selected', 'true');
  await find(page, 'side by side');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Side by side' })).toHaveAttribute('aria-selected', 'true');
  await find(page, 'prune');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Prune' })).toBeVisible();
});

test('a key pressed right after the one that opens it is written into its field, and does nothing else', async () => {
  const page = await open(await copySampleRun());
  await find(page, '');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await selectVersion(page, tenth);
  await tableOf(page).focus();
  const box = page.getByRole('textbox', { name: 'Find a command' });
  // From main, one after the other without a wait, as fast fingers do.
  await app().electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.sendInputEvent({ type: 'keyDown', keyCode: 'K', modifiers: ['control'] });
    contents?.sendInputEvent({ type: 'keyUp', keyCode: 'K', modifiers: ['control'] });
    for (const keyCode of ['p', 'r', 'u']) {
      contents?.sendInputEvent({ type: 'keyDown', keyCode });
      contents?.sendInputEvent({ type: 'char', keyCode });
      contents?.sendInputEvent({ type: 'keyUp', keyCode });
    }
  });
  await expect(box).toHaveValue('pru');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(tableOf(page)).toBeFocused();
  await expect(cellOf(page, tenth, 'pinned').getByRole('button', { pressed: false })).toBeVisible();
});

test('what can be done to the chosen versions is offered, and only that', async () => {
  const page = await open(await copySampleRun());
  await find(page, 'move to trash');
  await expect(page.getByText('No such command')).toBeVisible();
  await page.keyboard.press('Escape');
  await selectVersion(page, tenth);
  await find(page, 'move to trash');
  await expect(page.getByRole('dialog').getByRole('button', { name: /Move to trash/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText('v10 is in the trash')).toBeVisible();
  await expectVersionCount(page, 25);
});

test('checksums, reports and exports are found too, and E exports what is chosen', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await find(page, 'seal files');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Seal/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const report = join(await tempFolder('report'), 'report.json');
  await answerWithFile(app(), report);
  await find(page, 'report as json');
  await page.keyboard.press('Enter');
  await expect.poll(() => readFile(report, 'utf8').catch(() => '')).toContain('checkpoint_step_000516096.pt');

  const folder = await tempFolder('export');
  await answerWithFolder(app(), folder);
  await selectVersion(page, tenth);
  await tableOf(page).focus();
  await page.keyboard.press('e');
  await expect.poll(() => readdir(folder, { recursive: true })).toContain(tenth.split('/')[1]);
});

test('columns are shown, hidden and sorted by, and rows grouped, from the palette', async () => {
  const page = await open(await copySampleRun());
  const heading = (id: string) => tableOf(page).locator(`[role="columnheader"][data-column="${id}"]`);
  await expect(heading('step')).toBeVisible();
  await find(page, 'hide column step');
  await page.keyboard.press('Enter');
  await expect(heading('step')).toHaveCount(0);
  await find(page, 'show column step');
  await page.keyboard.press('Enter');
  await expect(heading('step')).toBeVisible();
  await find(page, 'sort by size, descending');
  await page.keyboard.press('Enter');
  await expect(heading('size')).toHaveAttribute('aria-sort', 'descending');
  await find(page, 'group by kind');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-group]')).toHaveCount(2);
  await find(page, 'do not group');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-group]')).toHaveCount(0);
  await find(page, 'row height: compact');
  await page.keyboard.press('Enter');
  await find(page, 'reset columns');
  await page.keyboard.press('Enter');
  await expect(heading('size')).not.toHaveAttribute('aria-sort', 'descending');
});

test('what is shown is saved as a view, and shown again, from the palette', async () => {
  const page = await open(await copySampleRun());
  const filter = page.getByRole('combobox', { name: 'Filter versions' });
  await filter.fill('reward > 0.43');
  await expect(page.getByText('8 of 26')).toBeVisible();
  await find(page, 'save what is shown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Save what is shown as' })).toBeFocused();
  await page.keyboard.type('promising');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await find(page, 'show all versions');
  await page.keyboard.press('Enter');
  await expect(filter).toHaveValue('');
  await find(page, 'show view promising');
  await page.keyboard.press('Enter');
  await expect(filter).toHaveValue('reward > 0.43');
  await expect(page.getByText('8 of 26')).toBeVisible();
});

test('tags are given, taken away and edited from the palette', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await selectVersion(page, tenth);
  await find(page, 'tag with candidate');
  await page.keyboard.press('Enter');
  await expect(cellOf(page, tenth, 'tags')).toContainText('candidate');
  expect(await readFile(join(run, '.cairn/marks.json'), 'utf8')).toContain('candidate');
  await find(page, 'remove the tag candidate');
  await page.keyboard.press('Enter');
  await expect(cellOf(page, tenth, 'tags')).not.toContainText('candidate');
  await find(page, 'edit tags');
  await page.keyboard.press('Enter');
  const editor = page.getByRole('dialog', { name: 'Tags and note of v10' });
  await expect(editor.getByRole('combobox', { name: 'Tags' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(editor).toHaveCount(0);
  await expect(tableOf(page)).toBeFocused();
});

/** Holds back the code of the palette until the page is told to let it in. */
async function holdPalette(): Promise<string> {
  const names = await readdir(join(builtApp, 'renderer/assets'));
  const name = names.find((each) => /^CommandPalette-.*\.js$/.test(each)) ?? '';
  return weakenApp({
    place: `renderer/assets/${name}`,
    from: /^/,
    to: 'await new Promise((letIn) => { globalThis.letPaletteIn = letIn; });',
  });
}

const commandBox = (page: Page) => page.getByRole('textbox', { name: 'Find a command' });

/** The palette was asked for, and its code is held back; a version is chosen, and the table had the focus. */
async function askEarly(): Promise<Cairn> {
  const cairn = await launchCairn({ app: await holdPalette(), runs: [await copySampleRun()] });
  const { page } = cairn;
  await expectVersionCount(page, 26);
  await selectVersion(page, tenth);
  await tableOf(page).focus();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(commandBox(page)).toBeFocused();
  return cairn;
}

async function letPaletteIn(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.waitForFunction(() => 'letPaletteIn' in globalThis);
  await page.evaluate(() => (globalThis as unknown as { letPaletteIn: () => void }).letPaletteIn());
}

const unpinned = (page: Page) => cellOf(page, tenth, 'pinned').getByRole('button', { pressed: false });

test('asked for before its code is read, the palette takes what is typed and opens with it', async () => {
  const cairn = await askEarly();
  const { page } = cairn;
  const box = commandBox(page);
  await page.keyboard.type('pru');
  await expect(box).toHaveValue('pru');
  await letPaletteIn(page);
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Prune…' })).toBeVisible();
  await expect(box).toBeFocused();
  await page.keyboard.type('ne');
  await expect(box).toHaveValue('prune');
  await page.keyboard.press('Escape');
  await expect(tableOf(page)).toBeFocused();
  await expect(unpinned(page)).toBeVisible();
  await cairn.close();
});

test('what was typed before its code is read chooses the first command, as words typed later do', async () => {
  const cairn = await askEarly();
  const { page } = cairn;
  await page.keyboard.type('prune…');
  await letPaletteIn(page);
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Prune' })).toBeVisible();
  await cairn.close();
});

test('arrows and Enter pressed before its code is read do what they would have done', async () => {
  const cairn = await askEarly();
  const { page } = cairn;
  await page.keyboard.type('row height');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
  await expect(tableOf(page)).toHaveAttribute('data-density', 'normal');
  await letPaletteIn(page);
  const found = page.getByRole('dialog').getByRole('button');
  const names = await found.allTextContents();
  await expect(page.locator('.mantine-Spotlight-action[data-selected]')).toHaveText(names[1] ?? '');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await cairn.close();
});

test('Enter before its code is read does what was found once it is, and keys after it do nothing', async () => {
  const cairn = await askEarly();
  const { page } = cairn;
  await page.keyboard.type('row height: compact');
  await page.keyboard.press('Enter');
  await page.keyboard.type('p');
  await expect(commandBox(page)).toHaveValue('row height: compact');
  await letPaletteIn(page);
  await expect(tableOf(page)).toHaveAttribute('data-density', 'compact');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(tableOf(page)).toBeFocused();
  await expect(unpinned(page)).toBeVisible();
  await cairn.close();
});

test('left before its code is read, the palette does not come: by Escape, by its key, by a click elsewhere', async () => {
  const cairn = await askEarly();
  const { page } = cairn;
  const box = commandBox(page);
  await page.keyboard.type('prune…');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(box).toHaveCount(0);
  await expect(tableOf(page)).toBeFocused();
  await expect(rowOf(page, tenth)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(box).toHaveValue('');
  await page.keyboard.press('Tab');
  await expect(box).toBeFocused();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(box).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+k');
  await rowOf(page, best).click();
  await expect(box).toHaveCount(0);
  await letPaletteIn(page);
  // Had it come by itself, its key would send it away.
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await expect(box).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(unpinned(page)).toBeVisible();
  await cairn.close();
});

test('the palette is there before a run is, and opens the settings', async () => {
  const cairn = await launchCairn();
  await find(cairn.page, 'settings');
  await cairn.page.keyboard.press('Enter');
  await expect(cairn.page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await cairn.close();
});

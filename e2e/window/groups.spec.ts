import { expect, type Page, test } from '@playwright/test';
import { expectNothingSerious } from '../driver/accessible.ts';
import { asListing } from '../driver/json-shapes.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import {
  cellOf,
  expectVersionCount,
  headOf,
  queryBox,
  rowsOf,
  tableOf,
  withMinus,
} from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';

const { open, restart, app } = openedRuns();
let run: string;
test.beforeEach(async () => {
  run = await copySampleRun();
  await open(run);
});

const headings = (page: Page) => page.locator('[data-group]');
const heading = (page: Page, name: string) => page.locator(`[data-group=${JSON.stringify(name)}]`);
const menuButton = (page: Page) => page.getByRole('button', { name: 'Groups and row height' });

async function choose(page: Page, ...names: string[]): Promise<void> {
  await menuButton(page).click();
  for (const name of names) await page.getByRole('radio', { name, exact: true }).click();
  await page.keyboard.press('Escape');
}

async function rewardsOf(kind: string): Promise<number[]> {
  const { versions } = asListing(await readJson(['ls', run]));
  return versions.flatMap((version) =>
    version.kind === kind && typeof version.reward === 'number' ? [version.reward] : [],
  );
}

test('groups tell how many they are and what their numbers come to, as the person wants it', async () => {
  const { page } = app();
  await choose(page, 'Kind');
  await expect(headings(page)).toHaveCount(2);
  await expectVersionCount(page, 28);
  const group = heading(page, 'Best model');
  await expect(group.locator('.group-count')).toHaveText('17');
  const reward = group.locator('[data-column="reward"]');
  const values = await rewardsOf('best');
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  await expect(reward).toHaveText(withMinus(mean.toFixed(4)));
  await expect(reward).toHaveAttribute('title', new RegExp(`^${values.length} values: least `));
  await choose(page, 'Least');
  await expect(reward).toHaveText(withMinus(Math.min(...values).toFixed(4)));
  await choose(page, 'Greatest');
  await expect(reward).toHaveText(withMinus(Math.max(...values).toFixed(4)));
  await choose(page, 'Of the best version');
  await expect(reward).toHaveText((await cellOf(page, best, 'reward').textContent()) ?? '');
  await queryBox(page).fill('kind = checkpoint');
  await expect(headings(page)).toHaveCount(1);
  await expectNothingSerious(page);
});

test('rows are grouped by any column, which the menu finds; it says whether by value or by ranges', async () => {
  const { page } = app();
  await menuButton(page).click();
  await page.getByLabel('Find what to group by').fill('rew');
  await page.getByRole('radio', { name: 'Reward', exact: true }).click();
  const hint = page.getByText('Reward: ranges of 0.05, as there are more than 12 values');
  await expect(hint).toBeVisible();
  await expectNothingSerious(page);
  await page.keyboard.press('Escape');
  const names = await headings(page).evaluateAll((all) => all.map((one) => one.dataset['group']));
  expect(names.filter((name) => name !== '')).toEqual(
    names.filter((name) => name !== '').toSorted((a, b) => lowOf(a) - lowOf(b)),
  );

  const range = heading(page, 'Reward 0.4 to < 0.45').locator('.group-count');
  const count = Number(await range.textContent());
  await queryBox(page).fill('reward >= 0.4 and reward < 0.45');
  await expect(headings(page)).toHaveCount(1);
  await expectVersionCount(page, count + 1);
  await expect(range).toHaveText(String(count));
  await queryBox(page).fill('');

  await headOf(page, 'Size').getByRole('button').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Group by size' }).click();
  await expect(headings(page).first()).toHaveAttribute('data-group', /^Size /);
  await menuButton(page).click();
  await expect(page.getByText(/^Size: /)).toBeVisible();
});

function lowOf(name: string | undefined): number {
  return Number(/−?[\d.]+/.exec(name ?? '')?.[0].replace('−', '-'));
}

test('groups are walked, collapsed and chosen by keys; what is folded away is not acted on', async () => {
  const { page } = app();
  await headOf(page, 'Kind').getByRole('button').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Group by kind' }).click();
  await expect(tableOf(page)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(heading(page, 'Best model')).toHaveAttribute('data-focused', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(rowsOf(page)).toHaveCount(9);
  await expectVersionCount(page, 11);
  await page.keyboard.press('ArrowRight');
  await expectVersionCount(page, 28);
  await page.keyboard.press(' ');
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details).toContainText('17 versions');
  await heading(page, 'Best model').getByRole('button').click();
  await expect(details).not.toContainText('17 versions');
  await page.keyboard.press('Shift+ArrowLeft');
  await expectVersionCount(page, 2);
  await page.keyboard.press('Shift+ArrowRight');
  await expectVersionCount(page, 28);
  await page.keyboard.press('ArrowDown');
  await expect(rowsOf(page).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(heading(page, 'Best model')).toHaveAttribute('data-focused', 'true');
  await page.keyboard.press('Enter');
  await expectVersionCount(page, 28);
});

test('a heading is resized by keys without a word to the groups', async () => {
  const { page } = app();
  await headOf(page, 'Kind').getByRole('button').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Group by kind' }).click();
  await expectVersionCount(page, 28);
  const head = headOf(page, 'Kind');
  const width = async () => (await head.boundingBox())?.width ?? 0;
  const before = await width();
  await head.getByRole('button').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(width).toBe(before + 12);
  await expectVersionCount(page, 28);
});

test('rows are as high as one likes, and columns stay in view while the others scroll', async () => {
  const { page } = app();
  const height = async () => (await rowsOf(page).first().boundingBox())?.height;
  expect(await height()).toBe(32);
  await choose(page, 'Compact');
  await expect.poll(height).toBe(26);
  await headOf(page, 'Reward').getByRole('button').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Pin column at the left' }).click();
  const left = async () => Math.round((await cellOf(page, best, 'reward').boundingBox())?.x ?? -1);
  const before = await left();
  await tableOf(page).evaluate((grid) => grid.scrollTo({ left: 400 }));
  await expect.poll(() => tableOf(page).evaluate((grid) => grid.scrollLeft)).toBe(400);
  expect(await left()).toBe(before);
  await headOf(page, 'Reward').getByRole('button').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Unpin column' }).click();
  await expect.poll(left).not.toBe(before);
});

test('a view brings back query, columns, order, grouping and height; it is renamed, deleted, and kept', async () => {
  const { page } = app();
  await queryBox(page).fill('kind = best');
  await headOf(page, 'Reward').getByRole('button').click();
  await choose(page, 'Day', 'Roomy');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('textbox', { name: 'Save what is shown as' }).fill('By day');
  await page.getByRole('checkbox', { name: 'For all runs' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'By day all runs' })).toHaveAttribute('aria-current', 'true');
  await expectNothingSerious(page);
  await page.getByRole('textbox', { name: 'Save what is shown as' }).fill('Mine');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Rename Mine' }).click();
  await page.keyboard.type('Of this run');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Of this run', exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Save what is shown as' }).fill('Other');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Rename Other' }).click();
  await page.keyboard.type('Of this run');
  await page.keyboard.press('Enter');
  await expect(page.getByText('There is a view “Of this run” already')).toBeVisible();
  await page.keyboard.press('Escape');
  for (const name of ['Of this run', 'Other'])
    await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Saved views' })).toHaveCount(0);

  const again = await restart(await copySampleRun());
  await expect(headings(again)).toHaveCount(1);
  await choose(again, 'Nothing', 'Normal');
  await expectVersionCount(again, 26);
  await again.getByRole('button', { name: 'Saved views' }).click();
  await expect(again.getByRole('button', { name: 'Of this run', exact: true })).toHaveCount(0);
  await again.getByRole('button', { name: 'By day all runs' }).click();
  await expect(headings(again)).toHaveCount(1);
  await expect(queryBox(again)).toHaveValue('kind = best');
  await expectVersionCount(again, 18);
  await expect(headOf(again, 'Reward')).toHaveAttribute('aria-sort', 'descending');
  await again.getByRole('button', { name: 'Saved views' }).click();
  await again.getByRole('button', { name: 'Delete By day' }).click();
  await expect(again.getByRole('button', { name: 'By day all runs' })).toHaveCount(0);
  await again.keyboard.press('Escape');
  await expect(again.getByRole('dialog', { name: 'Saved views' })).toHaveCount(0);
  await again.getByRole('button', { name: 'Undo' }).click();
  await again.getByRole('button', { name: 'Saved views' }).click();
  await expect(again.getByRole('button', { name: 'By day all runs' })).toBeVisible();
});

test('a view that was deleted comes back in the place of no newer one of its name', async () => {
  const { page } = app();
  const save = async (query: string) => {
    await queryBox(page).fill(query);
    await page.getByRole('textbox', { name: 'Save what is shown as' }).fill('Mine');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Mine', exact: true })).toBeVisible();
  };
  await page.getByRole('button', { name: 'Saved views' }).click();
  await save('kind = best');
  await page.getByRole('button', { name: 'Delete Mine' }).click();
  await expect(page.getByRole('button', { name: 'Mine', exact: true })).toHaveCount(0);
  await save('kind = checkpoint');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Another view is called “Mine” by now')).toBeVisible();
  await queryBox(page).fill('');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('button', { name: 'Mine', exact: true }).click();
  await expect(queryBox(page)).toHaveValue('kind = checkpoint');
});

test('the details are as wide as one drags them, by keys too, and it is remembered', async () => {
  const { page } = app();
  const details = (of: Page) => of.getByRole('complementary', { name: 'Details' });
  const width = async (of: Page) => Math.round((await details(of).boundingBox())?.width ?? 0);
  const before = await width(page);
  const edge = page.getByRole('separator', { name: 'Width of the details' });
  const box = await edge.boundingBox();
  if (!box) throw new Error('the edge is not on screen');
  await page.mouse.move(box.x + 3, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x - 97, box.y + 200, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => width(page)).toBeGreaterThan(before + 90);
  const dragged = await width(page);
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => width(page)).toBeLessThan(dragged - 15);
  const kept = await width(page);
  const again = await restart(await copySampleRun());
  await expect.poll(() => width(again)).toBe(kept);
  await again.getByRole('separator', { name: 'Width of the details' }).dblclick();
  await expect.poll(() => width(again)).toBe(before);
});

import { expect, test } from '@playwright/test';
import { expectNothingSerious } from '../driver/accessible.ts';
import { asListing } from '../driver/json-shapes.ts';
import { shareCairn } from '../driver/launch-cairn.ts';
import { readJson } from '../driver/run-cli.ts';
import { allIds, expectVersionCount, queryBox, tableOf } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

test.beforeEach(async () => {
  const { page } = cairn();
  await queryBox(page).fill('');
  await expectVersionCount(page, 26);
});

const suggestions = () => cairn().page.getByRole('option');
const offered = async () => (await suggestions().locator('.suggestion-label').allTextContents()).slice(0, 6);
const count = () => cairn().page.locator('.toolbar-count');

test('a query shows what ls --where lists, and how many of all that is', async () => {
  const { page } = cairn();
  for (const query of [
    'reward > 0.42 and (sharpe >= 1.5 or tag:candidate) and not kind = checkpoint',
    'sharpe is nan or sharpe is missing',
    'time in 2026-03-02T10:00..2026-03-02T11:00 size > 26 kB',
    'note ~ "paper trading" or symbol = nothing',
  ]) {
    await queryBox(page).fill(query);
    const { versions } = asListing(await readJson(['ls', run, '--check', '--where', query]));
    await expectVersionCount(page, versions.length);
    expect((await allIds(page)).sort()).toEqual(versions.map(({ id }) => id).sort());
    await expect(count()).toHaveText(`${versions.length} of 26`);
  }
});

test('words alone look for text, as ever', async () => {
  const { page } = cairn();
  await queryBox(page).fill('v0011');
  await expectVersionCount(page, 1);
  await queryBox(page).fill('CHECKPOINT step_0001');
  await expectVersionCount(page, 2);
});

test('a whole query can be written by keys: fields, operators and values are offered as one types', async () => {
  const { page } = cairn();
  await tableOf(page).focus();
  await page.keyboard.press('/');
  await page.keyboard.type('sha');
  expect(await offered()).toEqual(['sharpe']);
  await page.keyboard.press('Tab');
  await expect(queryBox(page)).toHaveValue('sharpe ');
  expect(await offered()).toEqual(['>', '>=', '<', '<=', '=', '!=']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { selected: true })).toContainText('at least');
  await page.keyboard.press('Enter');
  await expect(queryBox(page)).toHaveValue('sharpe >= ');
  await page.keyboard.type('1.5 a');
  await expect(suggestions().first()).toContainText('and');
  await page.keyboard.press('Tab');
  await page.keyboard.type('tag:p');
  await page.keyboard.press('Tab');
  await expect(queryBox(page)).toHaveValue('sharpe >= 1.5 and tag:paper-trading ');
  await expectVersionCount(page, 1);
  await page.keyboard.press('Enter');
  await expect(tableOf(page)).toBeFocused();
});

test('Esc closes what is offered first, then clears and goes back to the table', async () => {
  const { page } = cairn();
  await queryBox(page).pressSequentially('kind = ');
  await expect(suggestions()).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(suggestions()).toHaveCount(0);
  await expect(queryBox(page)).toHaveValue('kind = ');
  await page.keyboard.press('Escape');
  await expect(queryBox(page)).toHaveValue('');
  await expect(tableOf(page)).toBeFocused();
});

test('half a condition that Esc clears does not come back as text to look for', async () => {
  const { page } = cairn();
  await queryBox(page).pressSequentially('profit_f');
  await expect(suggestions()).toHaveCount(1);
  await expect(count()).toHaveText('26 versions · unfinished query');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(tableOf(page)).toBeFocused();
  await expect(queryBox(page)).toHaveValue('');
  await expectVersionCount(page, 26);
});

test('Esc closes what is said of a fault first, with what is offered, and the text stays; then it clears', async () => {
  const { page } = cairn();
  const said = page.getByText('Unknown field “sharp”.');
  for (const text of ['sharp > 1', 'sharp > 1 and ki']) {
    await queryBox(page).fill('');
    await queryBox(page).pressSequentially(text);
    await expect(said).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(said).toHaveCount(0);
    await expect(suggestions()).toHaveCount(0);
    await expect(queryBox(page)).toHaveValue(text);
    await expect(queryBox(page)).toBeFocused();
    await expect(page.locator('.query-fault')).toHaveText('sharp');
  }
  await queryBox(page).pressSequentially('x');
  await expect(said).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.keyboard.press('/');
  await expect(said).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(queryBox(page)).toHaveValue('sharp > 1 and kix');
  await page.keyboard.press('Escape');
  await expect(queryBox(page)).toHaveValue('');
  await expect(tableOf(page)).toBeFocused();
});

test('a suggestion can be clicked, and the box keeps the focus', async () => {
  const { page } = cairn();
  await queryBox(page).pressSequentially('integrity = ');
  await page.getByRole('option', { name: 'torn' }).click();
  await expect(queryBox(page)).toBeFocused();
  await expect(queryBox(page)).toHaveValue('integrity = torn ');
  await expectVersionCount(page, 1);
});

test('a query that is not finished says what comes next, and counts as far as it goes', async () => {
  const { page } = cairn();
  await queryBox(page).pressSequentially('kind = best');
  await expectVersionCount(page, 17);
  await queryBox(page).pressSequentially(' and win_rate');
  await expectVersionCount(page, 17);
  await expect(count()).toHaveText('17 of 26 · unfinished query');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await queryBox(page).fill('kind = best');
  await queryBox(page).pressSequentially(' and reward >');
  await expect(page.getByText('Reward is compared with a number, such as 0.4')).toBeVisible();
  await expect(page.locator('.query-fault')).toHaveCount(0);
  await expectVersionCount(page, 17);
  await queryBox(page).pressSequentially(' 0.43');
  await expect(page.getByText('Reward is compared with a number')).toHaveCount(0);
  await expectVersionCount(page, 4);
});

test('what is wrong is underlined and said, with what to do, until it is fixed', async () => {
  const { page } = cairn();
  await queryBox(page).fill('kind = best and sharp > 1');
  await expect(page.locator('.query-fault')).toHaveText('sharp');
  await expect(page.getByText('Unknown field “sharp”.')).toBeVisible();
  await expect(page.getByText('Did you mean “sharpe”?')).toBeVisible();
  await expect(queryBox(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(count()).toHaveText('17 of 26 · faulty query');
  const [word, text] = await page.evaluate(() => {
    const fault = document.querySelector('.query-fault')?.getBoundingClientRect();
    const input = document.querySelector<HTMLInputElement>('.query-box input');
    const style = input && getComputedStyle(input);
    const context = document.createElement('canvas').getContext('2d');
    if (!fault || !input || !style || !context) throw new Error('nothing is underlined');
    context.font = `${style.fontSize} ${style.fontFamily}`;
    const before = context.measureText('kind = best and ').width;
    return [fault.left, input.getBoundingClientRect().left + Number.parseFloat(style.paddingLeft) + before];
  });
  expect(Math.abs((word ?? 0) - (text ?? 99))).toBeLessThan(2);
  await page.keyboard.press('Enter');
  await expect(page.locator('.query-fault')).toHaveText('sharp');
  await queryBox(page).fill('kind = best and sharpe > 1');
  await expect(page.locator('.query-fault')).toHaveCount(0);
});

test('where nothing matches there is a way out, and a query can be cleared', async () => {
  const { page } = cairn();
  await queryBox(page).fill('reward > 1000');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Show all versions' }).click();
  await expectVersionCount(page, 26);
  await queryBox(page).fill('is:best');
  await expectVersionCount(page, 1);
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expectVersionCount(page, 26);
  await expect(queryBox(page)).toHaveValue('');
});

test('Control+F comes to the box, and its words are ready to be replaced', async () => {
  const { page } = cairn();
  await queryBox(page).fill('torn');
  await tableOf(page).focus();
  await page.keyboard.press('Control+f');
  await expect(queryBox(page)).toBeFocused();
  await page.keyboard.type('v0007');
  await expect(queryBox(page)).toHaveValue('v0007');
});

test('a query can be put together and taken apart without typing it', async () => {
  const { page } = cairn();
  await queryBox(page).fill('is:best or kind = best');
  await page.getByRole('button', { name: 'Filter by conditions' }).click();
  const menu = page.getByRole('dialog', { name: 'Conditions' });
  await expect(menu.getByRole('listitem')).toHaveText(['is:best or kind = best']);
  await menu.getByRole('combobox', { name: 'Field' }).selectOption('sharpe');
  await menu.getByRole('combobox', { name: 'Comparison' }).selectOption('is at least');
  await menu.getByRole('button', { name: 'Add' }).click();
  await expect(menu.getByText('Write what to compare it with.')).toBeVisible();
  await menu.getByRole('textbox', { name: 'Value' }).fill('high');
  await menu.getByRole('button', { name: 'Add' }).click();
  await expect(menu.getByText('It needs a number, such as 0.4')).toBeVisible();
  await menu.getByRole('textbox', { name: 'Value' }).fill('1.62');
  await menu.getByRole('button', { name: 'Add' }).click();
  await expect(queryBox(page)).toHaveValue('(is:best or kind = best) and sharpe >= 1.62');
  await expectVersionCount(page, 5);
  await menu.getByRole('combobox', { name: 'Field' }).selectOption('tag');
  await menu.getByRole('combobox', { name: 'Value' }).selectOption('candidate');
  await menu.getByRole('button', { name: 'Add' }).click();
  await expectVersionCount(page, 1);
  await expectNothingSerious(page);
  await menu.getByRole('button', { name: 'Remove sharpe >= 1.62' }).click();
  await expect(queryBox(page)).toHaveValue('(is:best or kind = best) and tag = candidate');
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
});

test('the box and what it offers are accessible', async () => {
  const { page } = cairn();
  await queryBox(page).pressSequentially('kind = best and re');
  await page.keyboard.press('ArrowDown');
  const chosen = page.getByRole('option', { selected: true });
  await expect(queryBox(page)).toHaveAttribute(
    'aria-activedescendant',
    (await chosen.getAttribute('id')) ?? 'none',
  );
  await expect(queryBox(page)).toHaveAttribute('aria-expanded', 'true');
  for (const query of ['kind = best and re', 'sharp > 1']) {
    await queryBox(page).fill('');
    await queryBox(page).pressSequentially(query);
    await expectNothingSerious(page);
  }
});

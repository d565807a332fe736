import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { openedWorkspace } from '../driver/opened-workspace.ts';
import { runLine } from '../driver/run-line.ts';
import { expectSearched, runRow } from '../driver/runs-table.ts';
import {
  allRecords,
  best,
  commandOf,
  contents,
  first,
  isThere,
  openDialog,
  press,
  recordOf,
  recordsOf,
  undo,
} from '../driver/written-run.ts';

const [one, two] = ['lr=0.1', 'lr=0.01'];
const [folderOne, folderTwo] = ['2026-03-01/10-00-00', '2026-03-01/10-05-00'];

const { app, outputs } = openedWorkspace();

async function chooseBoth(): Promise<Page> {
  const { page } = app();
  await expectSearched(page);
  await runRow(page, one).click();
  await runRow(page, two).click({ modifiers: ['ControlOrMeta'] });
  return page;
}

const versionsOf = (page: Page, run: string) => runRow(page, run).locator('[data-column="versions"]');

test('runs that are chosen are pruned by the same rules as the plan says, and each comes back by itself', async () => {
  const before = await contents(outputs());
  const page = await chooseBoth();
  const dialog = await openDialog(page, 'Prune 2…', 'Prune 2 runs');
  await expect(dialog.getByRole('status')).toHaveText(
    'No rule is set, so nothing would go: move one of the sliders.',
  );
  await dialog.getByLabel('Keep best', { exact: true }).fill('3');
  const move = dialog.getByRole('button', { name: 'Move 26 to trash' });
  await expect(move).toBeEnabled();
  await expect(dialog.getByRole('status')).toContainText(/26 of 52 versions go to the trash: .+ of files/);
  const runs = dialog.getByRole('table', { name: 'The plan, run by run' });
  await expect(recordsOf(runs)).toHaveText([/^lr=0\.01 ?13 ?13 ?[\d.]+ kB$/, /^lr=0\.1 ?13 ?13 ?[\d.]+ kB$/]);
  await press(runs, two);
  const plan = dialog.getByRole('table', { name: 'The plan', exact: true });
  await expect(recordOf(plan, best)).toContainText('best #1 by Sharpe ratio');
  await dialog.getByRole('button', { name: /to remove$/ }).click();
  await expect(recordOf(plan, first)).toHaveText(/^Remove.*no rule keeps it/);
  const planned = await allRecords(plan);
  expect(planned).toHaveLength(13);
  await expectAccessible(page);
  expect(await contents(outputs())).toEqual(before);

  await move.click();
  const done = dialog.getByRole('table', { name: 'What was done' });
  await expect(recordsOf(done)).toHaveText([/13 versions are in the trash/, /13 versions are in the trash/]);
  for (const folder of [folderOne, folderTwo]) {
    for (const id of planned) expect(await isThere(join(outputs(), folder, id))).toBe(false);
    expect(await isThere(join(outputs(), folder, best))).toBe(true);
  }
  await press(done, `Undo in ${one}`);
  await expect(recordsOf(done).filter({ hasText: 'Undone' })).toHaveCount(1);
  for (const id of planned) {
    expect(await isThere(join(outputs(), folderOne, id))).toBe(true);
    expect(await isThere(join(outputs(), folderTwo, id))).toBe(false);
  }
  await press(dialog, 'Done');
  await expect(dialog).toBeHidden();
  await expect(versionsOf(page, one)).toHaveText('26');
  await expect(versionsOf(page, two)).toHaveText('13');
  await page.keyboard.press('Control+z');
  await expect(versionsOf(page, two)).toHaveText('26');
  expect(await contents(outputs())).toEqual(before);
});

test('where none is chosen all that are shown are pruned, and the toast brings all back', async () => {
  const { page } = app();
  await expectSearched(page);
  const before = await contents(outputs());
  const dialog = await openDialog(page, 'Prune all…', 'Prune 4 runs');
  await dialog.getByLabel('Keep latest', { exact: true }).fill('1');
  await dialog.getByLabel('Checkpoints as well as best models').check();
  const move = dialog.getByRole('button', { name: /^Move \d+ to trash$/ });
  await expect(move).toBeEnabled();
  const [, removed = ''] = /(\d+)/.exec((await move.textContent()) ?? '') ?? [];
  await move.click();
  await expect(dialog.getByRole('table', { name: 'What was done' })).toBeVisible();
  await press(dialog, 'Done');
  expect((await contents(outputs())).size).toBeLessThan(before.size);
  await undo(page, `${removed} versions of`);
  await expect(page.getByRole('alert').filter({ hasText: 'are back' })).toBeVisible();
  expect(await contents(outputs())).toEqual(before);
});

test('the command that is shown does the same to all of them', async () => {
  const page = await chooseBoth();
  const dialog = await openDialog(page, 'Prune 2…', 'Prune 2 runs');
  await dialog.getByLabel('Keep best', { exact: true }).fill('2');
  const move = dialog.getByRole('button', { name: /^Move \d+ to trash$/ });
  await expect(move).toBeEnabled();
  const [, removed] = /(\d+)/.exec((await move.textContent()) ?? '') ?? [];
  const shown = await runLine(`${(await commandOf(dialog)).replace(' --yes', '')} --json`);
  const { runs } = JSON.parse(shown.stdout) as { runs: { versions: { keep: boolean }[] }[] };
  const goes = runs.flatMap(({ versions }) => versions.filter(({ keep }) => !keep));
  expect(String(goes.length)).toBe(removed);
});

test('a run that changed since its plan was seen is left alone and says so; the others are pruned', async () => {
  const page = await chooseBoth();
  const dialog = await openDialog(page, 'Prune 2…', 'Prune 2 runs');
  await dialog.getByLabel('Keep best', { exact: true }).fill('3');
  const move = dialog.getByRole('button', { name: 'Move 26 to trash' });
  await expect(move).toBeEnabled();
  const changed = join(outputs(), folderOne);
  await cp(join(changed, best), join(changed, 'best_models/model_v0099_reward0.1000.pt'));
  await move.click();
  const done = dialog.getByRole('table', { name: 'What was done' });
  await expect(recordsOf(done).filter({ hasText: 'changed since this plan was made' })).toHaveCount(1);
  await expect(recordsOf(done).filter({ hasText: '13 versions are in the trash' })).toHaveCount(1);
  expect(await isThere(join(changed, first))).toBe(true);
});

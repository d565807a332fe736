import { appendFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { runLine } from '../driver/run-line.ts';
import { makeHuge } from '../driver/slow-reading.ts';
import { expectVersionCount, selectVersion, statusLine } from '../driver/versions-table.ts';
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
  second,
  showPage,
  undo,
} from '../driver/written-run.ts';
import { copySampleRun, copyStableBaselinesRun } from '../fixtures/copy-runs.ts';

const { open, app } = openedRuns();

test('what the plan says is what is pruned, and undo brings it back byte for byte', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const page = await open(run);
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await expect(dialog.getByLabel('Best by')).toHaveValue('sharpe');
  await expect(dialog.getByLabel('Better is')).toHaveValue('max');
  await dialog.getByLabel('Keep best', { exact: true }).fill('3');
  const move = dialog.getByRole('button', { name: 'Move 13 to trash' });
  await expect(move).toBeEnabled();
  await expect(dialog.getByRole('status')).toContainText(
    /13 of 26 versions go to the trash: .+ of files\. The disk gains nothing now, and .+ once the trash is emptied/,
  );
  await expect(recordOf(dialog, best)).toHaveText(/^Keep.*best #1 by Sharpe ratio/);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /to remove$/ }).click();
  await expect(recordsOf(dialog)).toHaveCount(13);
  await expect(recordOf(dialog, first)).toHaveText(/^Remove.*no rule keeps it/);
  const planned = await allRecords(dialog.getByRole('table', { name: 'The plan' }));
  expect(await contents(run)).toEqual(before);

  await move.click();
  await expect(dialog).toBeHidden();
  await expectVersionCount(page, 13);
  for (const id of planned) expect(await isThere(join(run, id))).toBe(false);
  expect(await isThere(join(run, best))).toBe(true);

  await undo(page, '13 versions are in the trash');
  await expectVersionCount(page, 26);
  expect(await contents(run)).toEqual(before);
});

test('the plan follows the sliders at once, another metric, and none of the rules removes nothing', async () => {
  const page = await open(await copySampleRun());
  await page.getByRole('button', { name: 'Prune…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Prune' });
  const field = dialog.getByLabel('Keep best', { exact: true });
  for (const count of ['1', '2', '4']) await field.fill(count);
  await expect(dialog.getByRole('button', { name: 'Move 12 to trash' })).toBeEnabled();
  const slider = dialog.getByLabel('Keep best, slider');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(field).toHaveValue('0');
  await expect(dialog.getByRole('status')).toContainText(/^1[4-6] of 26/);
  await expect(recordOf(dialog, best)).toContainText('always');
  await page.keyboard.press('End');
  await expect(field).toHaveValue('26');
  await field.fill('1');
  await dialog.getByLabel('Best by').selectOption('mean_reward');
  await expect(dialog.getByRole('table', { name: 'The plan' })).toContainText('best #1 by Reward');
  await field.fill('');
  await expect(dialog.getByRole('status')).toHaveText(
    'No rule is set, so nothing would go: move one of the sliders.',
  );
  await expect(dialog.getByRole('button', { name: 'Move to trash' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Prune…' })).toBeFocused();
});

test('of a run that a framework wrote checkpoints may go too, once a rule is set', async () => {
  const page = await open(await copyStableBaselinesRun(), 6);
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await expect(dialog.getByRole('status')).toContainText('No rule is set');
  await dialog.getByLabel('Keep best', { exact: true }).fill('1');
  await expect(dialog.getByRole('button', { name: /^Move \d+ to trash$/ })).toBeEnabled();
  await dialog.getByLabel('Checkpoints as well as best models').uncheck();
  await expect(dialog.getByRole('status')).toContainText('are checkpoints, which these rules leave alone');
});

test('the command that is shown makes the same plan and does it; the button copies it', async () => {
  const run = await copySampleRun("it's a run");
  const page = await open(run);
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await dialog.getByLabel('Keep best', { exact: true }).fill('2');
  await dialog.getByLabel('Best by').selectOption('mean_reward');
  await dialog.getByLabel('Checkpoints as well as best models').check();
  await expect(dialog.getByRole('button', { name: /^Move \d+ to trash$/ })).toBeEnabled();
  await dialog.getByRole('button', { name: /to remove$/ }).click();
  const planned = await allRecords(dialog.getByRole('table', { name: 'The plan' }));
  const line = await commandOf(dialog);
  await press(dialog, 'Copy the command');
  expect(await app().electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(line);
  await press(dialog, 'Cancel');

  const shown = await runLine(`${line.replace(' --yes', '')} --json`);
  const { versions } = JSON.parse(shown.stdout) as { versions: { id: string; keep: boolean }[] };
  const goes = versions.filter(({ keep }) => !keep).map(({ id }) => id);
  expect(planned.length).toBeGreaterThan(0);
  expect(goes.sort()).toEqual(planned.sort());
  expect(await runLine(line)).toMatchObject({ code: 0 });
  await expectVersionCount(page, 26 - planned.length);
});

test('a pinned version stays whatever the rules, until it is unpinned', async () => {
  const page = await open(await copySampleRun());
  const details = await selectVersion(page, first);
  await press(details, 'Pin');
  await expect(details.getByRole('button', { name: 'Unpin' })).toBeVisible();
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await dialog.getByRole('button', { name: /always kept$/ }).click();
  await expect(recordOf(dialog, first)).toHaveText(/^Keep.*always: pinned/);
  await press(dialog, 'Cancel');
  await press(details, 'Unpin');
  await expect(details.getByRole('button', { name: 'Pin', exact: true })).toBeVisible();
});

test('a prune does the plan on the screen: when the run changed meanwhile it is said, and the new plan shown', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await dialog.getByLabel('Keep best', { exact: true }).fill('3');
  const button = dialog.getByRole('button', { name: /^Move \d+ to trash$/ });
  await expect(button).toHaveText('Move 13 to trash');
  await expect(button).toBeEnabled();
  // The same number of versions, but one of those that would go is another file now.
  await appendFile(join(run, first), 'trained on');
  await button.click();
  await expect(dialog.getByRole('alert')).toContainText('the run changed since this plan was made');
  expect(await isThere(join(run, second))).toBe(true);
  await expect(button).toBeEnabled();
  await button.click();
  await expect(dialog).toBeHidden();
  await expectVersionCount(page, 13);
  await expect(statusLine(page)).toContainText('13 versions');
});

test('the size of the files is one number in the plan, the trash and the history; what the disk gains is named apart', async () => {
  const page = await open(await copySampleRun());
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await dialog.getByLabel('Keep best', { exact: true }).fill('3');
  await expect(dialog.getByRole('button', { name: 'Move 13 to trash' })).toBeEnabled();
  const sentence = (await dialog.getByRole('status').textContent()) ?? '';
  const [, size = '?', gain = '?'] = /: (.+) of files\. .* now, and (.+) once/.exec(sentence) ?? [];
  expect(size).not.toBe(gain);
  await press(dialog, 'Move 13 to trash');
  const trash = await showPage(page, 'Trash');
  await expect(recordsOf(trash).locator('[data-column="size"]')).toHaveText(size);
  await press(recordsOf(trash).first(), 'Pruned');
  await expect(trash.getByRole('complementary')).toContainText(`Size of the files${size} (`);
  const emptying = await openDialog(page, 'Empty trash…', 'Delete for good', trash);
  await expect(emptying).toContainText(`13 versions, ${size} of files will be deleted for good.`);
  await expect(emptying).toContainText(`The disk gains ${gain}.`);
  await press(emptying, 'Keep them');
  const history = await showPage(page, 'History');
  await expect(recordsOf(history).locator('[data-column="bytes"]')).toHaveText(size);
  await press(recordsOf(history).first(), 'Pruned');
  await expect(history.getByRole('complementary')).toContainText(`Files moved to the trash${size} (`);
});

test('while it prunes, one button stops it and the other lets it go on; stopped, nothing has moved', async () => {
  const run = await copySampleRun();
  const huge = join(run, 'checkpoints/huge.pt');
  await makeHuge(huge, 2);
  const page = await open(run, 27);
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await dialog.getByLabel('Keep best', { exact: true }).fill('3');
  const move = dialog.getByRole('button', { name: /^Move \d+ to trash$/ });
  await expect(move).toBeEnabled({ timeout: 50_000 });
  const before = await contents(run, huge);
  // What stays was touched since it was read: it is read again.
  await utimes(huge, new Date(), new Date());
  await move.click();
  await expect(dialog.getByRole('progressbar', { name: 'Pruning' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toHaveCount(1);
  await expect(dialog.getByRole('button', { name: 'Go on in the background' })).toBeEnabled();
  await press(dialog, 'Cancel');
  await expect(dialog.getByRole('progressbar')).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeVisible();
  expect(await contents(run, huge)).toEqual(before);
});

test('the versions that stay are read once what is known of the plan has come, and do not hold it up', async () => {
  const page = await open(await copySampleRun());
  const { electron } = app();
  await electron.evaluate(({ ipcMain }) => {
    type Handlers = Map<string, (...args: unknown[]) => unknown>;
    const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Handlers };
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    const wrap = (name: string, around: (answer: () => unknown) => unknown) => {
      const [channel = '', handle] = [...handlers].find(([each]) => each.endsWith(name)) ?? [];
      if (handle) handlers.set(channel, (...args) => around(() => handle(...args)));
    };
    wrap('simulatePrune', async (answer) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const value = await answer();
      asked.push('known');
      return value;
    });
    wrap('planPrune', (answer) => {
      asked.push('read');
      return answer();
    });
  });
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await expect(dialog.getByRole('button', { name: /^Move .+ to trash$/ })).toBeEnabled();
  const asked = await electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  expect(asked).toEqual(['known', 'read']);
});

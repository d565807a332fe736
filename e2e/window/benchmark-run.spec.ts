import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { lineOf, makeEvaluator, makeSlowEvaluator, openFor, script } from '../driver/evaluators.ts';
import { launchCairn } from '../driver/launch-cairn.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { selectVersion, statusLine } from '../driver/versions-table.ts';
import { answerWords, askedWords, best, contents, isThere, press } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open: openRuns, app } = openedRuns();

/** The dialog of the system says yes to whatever is to be run. */
async function open(run: string): Promise<Page> {
  const page = await openRuns(run);
  await answerWords(app(), 'Run');
  return page;
}

test('a benchmark goes on in the background, is found again, and leaves no process when it is stopped', async () => {
  const run = await copySampleRun();
  const { evaluator, pidFile } = await makeSlowEvaluator();
  const page = await open(run);
  let dialog = await openFor(page);
  await dialog.getByRole('textbox', { name: 'Evaluator' }).fill(`${evaluator} {model} {seed}`);
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('2');
  await press(dialog, 'Review…');
  await press(dialog, 'Run 4 evaluations');
  await expect(lineOf(dialog, best)).toContainText('1 of 2');
  await expect(dialog.getByRole('status')).toHaveText('1 of 4 evaluations done');
  await expect(dialog.locator('.task-words')).toHaveText(/^Running the evaluator 1 of 4 · .+ left$/);
  await expectAccessible(page);
  await press(dialog, 'Go on in the background');
  await expect(statusLine(page).getByRole('button', { name: '1 task' })).toBeVisible();
  await page.reload();
  dialog = await openFor(page);
  await expect(lineOf(dialog, best)).toContainText('1 of 2');
  await expect.poll(() => isThere(pidFile)).toBe(true);
  const pid = (await readFile(pidFile, 'utf8')).trim();
  expect(await isThere(`/proc/${pid}`)).toBe(true);
  await press(dialog, 'Cancel');
  await expect(dialog.getByRole('status')).toHaveText(/^Stopped: /);
  expect(await isThere(`/proc/${pid}`)).toBe(false);

  await press(dialog, 'Back to the command');
  await press(dialog, 'Earlier commands');
  await page.getByRole('menuitem', { name: `${evaluator} {model} {seed}` }).click();
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('2');
  await expect(dialog.getByRole('button', { name: 'Review…' })).toBeEnabled();
});

test('where files came since the words were shown nothing is run; shown again they are run, and results bear the name of what they are of', async () => {
  const page = await open(await copySampleRun());
  let dialog = await openFor(page);
  const evaluator = await makeEvaluator(script);
  const field = dialog.getByRole('textbox', { name: 'Evaluator' });
  await field.fill(`${evaluator} {model} {seed}`);
  const here = await dialog.locator('.benchmark-help bdi').textContent();
  const late = join(dirname(evaluator), 'late');
  await field.fill(`${evaluator} {model} {seed} ${relative(here ?? '', late)}`);
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('0,');
  await press(dialog, 'Review…');
  const words = dialog.getByRole('region', { name: 'Command to run' });
  await expect(words).toContainText(relative(here ?? '', late));
  await writeFile(late, '');
  await press(dialog, 'Run 2 evaluations');
  await expect(dialog.getByRole('alert')).toContainText('came or went since it was shown');
  await press(dialog, 'Back');
  await press(dialog, 'Review…');
  await expect(words.getByRole('row').last()).toHaveText(`4${late}`);
  await expect(dialog.getByRole('alert')).toBeHidden();
  await press(dialog, 'Run 2 evaluations');
  await expect(dialog.getByRole('region', { name: 'Leaderboard' })).toBeVisible();
  await press(dialog, 'Done');
  await selectVersion(page, best);
  await press(page, 'More actions');
  await page.getByRole('menuitem', { name: 'Benchmark…' }).click();
  dialog = page.getByRole('dialog', { name: 'Benchmark v11' });
  await press(dialog, 'Last results');
  await expect(page.getByRole('dialog', { name: 'Benchmark 2 versions' })).toBeVisible();
});

test('no evaluator is left when Cairn is closed', async () => {
  const { evaluator, pidFile } = await makeSlowEvaluator();
  const cairn = await launchCairn({ runs: [await copySampleRun()] });
  try {
    await answerWords(cairn, 'Run');
    const dialog = await openFor(cairn.page);
    await dialog.getByRole('textbox', { name: 'Evaluator' }).fill(`${evaluator} {model} {seed}`);
    await press(dialog, 'Review…');
    await press(dialog, 'Run 10 evaluations');
    await expect(lineOf(dialog, best)).toContainText('1 of 5');
    await expect.poll(() => isThere(pidFile)).toBe(true);
  } finally {
    await cairn.close();
  }
  const pid = (await readFile(pidFile, 'utf8')).trim();
  await expect.poll(() => isThere(`/proc/${pid}`)).toBe(false);
});

test('words are shown once more where no page can answer, and only what is confirmed there is run', async () => {
  const run = await copySampleRun();
  const evaluator = await makeEvaluator(script);
  const page = await open(run);
  const before = await contents(run);
  await answerWords(app(), 'Cancel');
  const dialog = await openFor(page);
  await dialog.getByRole('textbox', { name: 'Evaluator' }).fill(`${evaluator} {model} {seed}`);
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('0,');
  await press(dialog, 'Review…');
  await press(dialog, 'Run 2 evaluations');
  await expect.poll(async () => (await askedWords(app())).length).toBe(1);
  expect((await askedWords(app()))[0]).toContain(`1  ${evaluator}\n2  {model}\n3  {seed}\n`);
  await expect(dialog.getByRole('button', { name: 'Run 2 evaluations' })).toBeEnabled();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  expect(await contents(run)).toEqual(before);

  await answerWords(app(), 'Run');
  await press(dialog, 'Run 2 evaluations');
  await expect(dialog.getByRole('region', { name: 'Leaderboard' })).toBeVisible();
  await press(dialog, 'Another benchmark…');
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('3,');
  await press(dialog, 'Review…');
  await press(dialog, 'Run 2 evaluations');
  await expect(dialog.getByRole('region', { name: 'Leaderboard' })).toBeVisible();
  expect(await askedWords(app())).toHaveLength(1);
});

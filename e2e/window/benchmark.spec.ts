import { chmod, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { lineOf, makeEvaluator, openFor, script } from '../driver/evaluators.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { makeHuge } from '../driver/slow-reading.ts';
import { expectVersionCount, queryBox, selectVersion } from '../driver/versions-table.ts';
import { answerWords, best, commandOf, contents, press, second, undo } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open: openRuns, app } = openedRuns();

/** The dialog of the system says yes to whatever is to be run. */
async function open(run: string): Promise<Page> {
  const page = await openRuns(run);
  await answerWords(app(), 'Run');
  return page;
}
const sidecar = best.replace('.pt', '.json');

test('versions are measured with what was typed and confirmed; the best by it can be the run’s best, and it can be undone', async () => {
  const run = await copySampleRun();
  const before = await readFile(join(run, sidecar), 'utf8');
  const evaluator = await makeEvaluator(script);
  const page = await open(run);
  const dialog = await openFor(page);
  await expect(dialog.getByRole('textbox', { name: 'Evaluator' })).toBeFocused();
  await expect(dialog.getByRole('textbox', { name: 'Evaluator' })).toHaveValue('');
  await dialog.getByRole('textbox', { name: 'Evaluator' }).fill(`${evaluator} {model} {seed}`);
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('3');
  await expect
    .poll(() => commandOf(dialog))
    .toBe(`cairn benchmark '--evaluator=${evaluator} {model} {seed}' --seeds=3 ${run} ${best} ${second}`);
  await page.keyboard.press('Enter');
  const words = dialog.getByRole('region', { name: 'Command to run' });
  await expect(words.getByRole('row')).toHaveText([
    /Word/,
    `1${evaluator}`,
    `2{model}${join(run, best)}`,
    '3{seed}0',
  ]);
  await expect(words).toBeFocused();
  await expectAccessible(page);
  await press(dialog, 'Run 6 evaluations');
  const board = dialog.getByRole('region', { name: 'Leaderboard' });
  const better = dialog.getByRole('group', { name: 'The better end of score' });
  await better.getByRole('button', { name: 'Lower is better' }).click();
  await expect(board.getByRole('row').nth(1)).toContainText(/v11/);
  await better.getByRole('button', { name: 'Higher is better' }).click();
  await expect(board.getByRole('row').nth(1)).toContainText(/v11.*11\.1000.*10\.8516 … 11\.3484.*3/);
  await expect(lineOf(dialog, second)).toContainText(
    /v2.*2\.1000.*2.*−9\.0000.*1 of 3: seed 1: it ended with code 3: no such market/,
  );
  const told = lineOf(dialog, second).locator('.benchmark-failure span');
  await expect
    .poll(() =>
      told.evaluate((words) => [
        words.scrollWidth - words.clientWidth,
        words.scrollHeight - words.clientHeight,
      ]),
    )
    .toEqual([0, 0]);
  await expectAccessible(page);
  expect(JSON.parse(await readFile(join(run, sidecar), 'utf8'))).toMatchObject({
    metrics: { bench_score: 11.1, bench_loss: 1 },
  });

  await dialog.getByRole('combobox', { name: 'By' }).selectOption('width');
  await expect(dialog.getByText('Not ranked: its better end')).toBeVisible();
  await dialog.getByRole('button', { name: 'Use as the metric of this run' }).hover();
  await expect(page.getByRole('tooltip')).toContainText('Set its better direction first');
  await dialog.getByRole('combobox', { name: 'By' }).selectOption('loss');
  await expect(dialog.getByRole('button', { name: 'Lower is better', pressed: true })).toBeVisible();
  await press(dialog, 'Use as the metric of this run');
  await expect(dialog.getByText('It decides the best of this run.')).toBeVisible();
  await press(dialog, 'Done');
  await expect(page.getByRole('button', { name: /^best by Bench loss/ })).toBeVisible();
  await undo(page, 'The benchmark of 1 version is done and recorded');
  await expect(page.getByText('The records of 1 version are as before the benchmark')).toBeVisible();
  expect(await readFile(join(run, sidecar), 'utf8')).toBe(before);
});

test('the leaderboard says what sidecars have now: an undo takes that back there too, at once and when it is looked at again', async () => {
  const run = await copySampleRun();
  const evaluator = await makeEvaluator(script);
  const page = await open(run);
  let dialog = await openFor(page);
  await dialog.getByRole('textbox', { name: 'Evaluator' }).fill(`${evaluator} {model} {seed}`);
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('0,');
  await press(dialog, 'Review…');
  await press(dialog, 'Run 2 evaluations');
  const measured = '2 of 2 versions measured without a failure';
  await expect(dialog.getByRole('status')).toHaveText(`${measured}; their sidecars have it`);
  await undo(page, 'The benchmark of 2 versions is done and recorded');
  await expect(dialog.getByRole('status')).toHaveText(`${measured}; no sidecar has it`);
  await expect(lineOf(dialog, best)).toContainText('not in its sidecar: it was taken out again');
  await dialog.getByRole('button', { name: 'Use as the metric of this run' }).hover();
  await expect(page.getByRole('tooltip')).toContainText('No sidecar has this metric');
  await press(dialog, 'Done');
  dialog = await openFor(page);
  await press(dialog, 'Last results');
  await expect(dialog.getByRole('status')).toHaveText(`${measured}; no sidecar has it`);
});

test('versions that nobody verified are verified first: how far that is shows in bytes, and it can be stopped', async () => {
  const run = await copySampleRun();
  const huge = 'checkpoints/checkpoint_step_000064512.pt';
  await makeHuge(join(run, huge), 40);
  // What is no whole file and was touched a moment ago counts as being written.
  await utimes(join(run, huge), 1_700_000_000, 1_700_000_000);
  const evaluator = await makeEvaluator(script);
  const page = await open(run);
  await selectVersion(page, huge);
  await press(page, 'More actions');
  await page.getByRole('menuitem', { name: 'Benchmark…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Benchmark/ });
  await dialog.getByRole('textbox', { name: 'Evaluator' }).fill(`${evaluator} {model} {seed}`);
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('0,');
  await press(dialog, 'Review…');
  await press(dialog, 'Run 1 evaluation');
  const bar = dialog.getByRole('progressbar', { name: 'Verifying what is measured' });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  await expect(bar).toHaveAttribute('aria-valuetext', /of 4\d\.?\d* GB/);
  await expectAccessible(page);
  await press(dialog, 'Cancel');
  await expect(dialog.getByRole('status')).toHaveText('Stopped: 0 of 1 evaluation done');
});

test('what is wrong with a command is said as it is typed, and nothing is run by it', async () => {
  const page = await open(await copySampleRun());
  const dialog = await openFor(page);
  const field = dialog.getByRole('textbox', { name: 'Evaluator' });
  for (const [typed, fault] of [
    ['python "eval.py', /a quote " is not closed/],
    ['python eval.py', /does not get the model/],
    ['python eval.py {model}', /its 5 runs would be one and the same/],
    ['python eval.py {model} {sed}', /“{sed}” stands for nothing/],
  ] as const) {
    await field.fill(typed);
    await expect(dialog.getByText(fault)).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Review…' })).toBeDisabled();
  }
  await expectAccessible(page);
  await expect(dialog.getByRole('textbox', { name: 'Episodes' })).toBeHidden();
  await field.fill('python eval.py {model} {seed} {episodes}');
  await expect(dialog.getByRole('textbox', { name: 'Episodes' })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('x');
  await expect(dialog.getByText(/It must be how many, from 1/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Benchmark…' })).toBeFocused();
});

test('of a read-only run nothing changes, and it is said where results stay; all that are shown are measured where none is chosen', async () => {
  const run = await copySampleRun();
  const evaluator = await makeEvaluator(
    '#!/bin/sh\necho \'{"\\u202escore<b>": 1}\'\n[ "$2" = 1 ] && printf "\\033[31m<img src=x>\\n" >&2 && exit 1\nexit 0\n',
  );
  await chmod(run, 0o555);
  const before = await contents(run);
  const page = await open(run);
  await queryBox(page).fill('v0011');
  await expectVersionCount(page, 1);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('textbox', { name: 'Find a command' }).fill('benchmark all');
  await expect(page.getByText('Benchmark all that are shown (1)…')).toBeVisible();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Benchmark v11' });
  await expect(dialog).toContainText('This run is read-only');
  await dialog.getByRole('textbox', { name: 'Evaluator' }).fill(`${evaluator} {model} {seed}`);
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('0,');
  await press(dialog, 'Review…');
  await press(dialog, 'Run 1 evaluation');
  await expect(dialog.getByRole('status')).toHaveText(
    '1 of 1 version measured without a failure; no sidecar has it',
  );
  await expect(lineOf(dialog, best)).toContainText('not in its sidecar: the run is read-only');
  await expect(dialog.getByRole('combobox', { name: 'By' })).toHaveText('[U+202E]score<b>');
  await dialog.getByRole('button', { name: 'Use as the metric of this run' }).hover();
  await expect(page.getByRole('tooltip')).toContainText('No sidecar has this metric');
  await press(dialog, 'Another benchmark…');
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('1,');
  await press(dialog, 'Review…');
  await press(dialog, 'Run 1 evaluation');
  await expect(lineOf(dialog, best)).toContainText(/1 of 1: seed 1: it ended with code 1: .*<img src=x>/);
  await expect(page.getByText('The benchmark is done: no version could be measured')).toBeVisible();
  expect(await contents(run)).toEqual(before);
});

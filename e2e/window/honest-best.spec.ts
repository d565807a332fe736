import { access, chmod, cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { runCli } from '../driver/run-cli.ts';
import { showIn } from '../driver/show-in.ts';
import { factOf, sureBlock } from '../driver/sure-block.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { queryBox, rowOf, selectVersion } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const bySharpe = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const byDrawdown = 'best_models/model_v0012_reward0.4263_20260302_115400.pt';

const { open, restart } = openedRuns();

const metricButton = (page: Page) => page.getByRole('button', { name: /^best by / });
const metricMenu = (page: Page) => page.getByRole('dialog', { name: /^best by / });
const choicesOf = async (run: string): Promise<unknown> =>
  JSON.parse(await readFile(join(run, '.cairn/choices.json'), 'utf8'));

test('another metric is chosen by click: the badge, the plan, the file, the command line and the next start go by it', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await expect(metricButton(page)).toHaveText('best by Sharpe ratio ↑');
  await expect(rowOf(page, bySharpe)).toContainText('sharpe ↑');
  await metricButton(page).click();
  await expect(metricMenu(page).getByRole('radio', { name: 'Sharpe ratio' })).toBeChecked();
  await metricMenu(page).getByRole('radio', { name: 'Max drawdown' }).click();
  // Smaller is better, as its name says.
  await expect(metricButton(page)).toHaveText('best by Max drawdown ↓');
  await expect(rowOf(page, byDrawdown)).toContainText('max_drawdown ↓');
  await expect(rowOf(page, bySharpe)).not.toContainText('sharpe ↑');
  await expect(metricMenu(page)).toContainText('Its config says Sharpe ratio ↑');
  await page.keyboard.press('Escape');
  await expect(metricButton(page)).toBeFocused();
  expect(await choicesOf(run)).toMatchObject({ format: 1, metric: 'max_drawdown', directions: [] });

  await page.getByRole('button', { name: 'Prune…' }).click();
  const prune = page.getByRole('dialog', { name: /Prune/ });
  await prune.getByLabel('Keep best', { exact: true }).fill('1');
  await prune.getByRole('button', { name: /also kept$/ }).click();
  await expect(prune).toContainText('best #1 by Max drawdown');
  await page.keyboard.press('Escape');
  expect((await runCli(['best', run])).stdout).toBe(`${join(run, byDrawdown)}\n`);

  const again = await restart(run);
  await expect(metricButton(again)).toHaveText('best by Max drawdown ↓');
  await metricButton(again).click();
  await again.getByRole('button', { name: 'Use the run’s config' }).click();
  await expect(metricButton(again)).toHaveText('best by Sharpe ratio ↑');
  await expect(rowOf(again, bySharpe)).toContainText('sharpe ↑');
  expect(await choicesOf(run)).toMatchObject({ metric: null });
});

test('the best and its value stand on every page, and lead to it', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const top = page.locator('.run-header');
  await expect(top).toContainText('1.6467');
  await page.getByRole('tab', { name: 'Charts' }).click();
  await top.getByRole('button', { name: 'v11', exact: true }).click();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(rowOf(page, bySharpe)).toHaveAttribute('aria-selected', 'true');
});

test('where no version has a reward, and nobody chose another metric, it is asked what tells the best', async () => {
  const run = join(await tempFolder('undecided'), 'keras');
  await cp(join(import.meta.dirname, '../fixtures/layouts/keras'), run, { recursive: true });
  const page = await open(run, 5);
  const asked = page.locator('.run-header').getByRole('button', { name: 'Choose the metric for “best”…' });
  await expect(page.getByRole('columnheader', { name: 'Val loss' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Reward' })).toHaveCount(0);
  await asked.click();
  const menu = page.getByRole('dialog');
  await expect(menu.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(menu.getByRole('radio').first()).toHaveAccessibleName('Val loss');
  await menu.getByRole('radio').first().click();
  await page.keyboard.press('Escape');
  await expect(metricButton(page)).toHaveText('best by Val loss ↓');
  await expect(page.locator('.badge-best')).toHaveCount(1);
});

test('where nobody chose, what the framework goes by tells the best, and another choice can be taken back', async () => {
  const run = join(await tempFolder('framework'), 'version_0');
  await cp(join(import.meta.dirname, '../fixtures/layouts/lightning_logs/version_0'), run, {
    recursive: true,
  });
  const page = await open(run, 7);
  await expect(metricButton(page)).toHaveText('best by Val loss ↓');
  await expect(metricButton(page)).toHaveAttribute('title', /val_loss, as Lightning chose/);
  await expect(page.locator('.badge-best')).toHaveCount(1);
  await metricButton(page).click();
  await metricMenu(page).getByRole('radio', { name: 'Epoch' }).click();
  await expect(metricMenu(page)).toContainText('Lightning says Val loss ↓');
  await metricMenu(page).getByRole('button', { name: 'Use the framework’s' }).click();
  await expect(metricButton(page)).toHaveText('best by Val loss ↓');
});

test('arrows go from metric to metric and choose none; Enter or Space chooses', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await metricButton(page).click();
  const radios = metricMenu(page).getByRole('radio');
  const names = await radios.evaluateAll((all) =>
    all.map((radio) => (radio as HTMLInputElement).labels?.[0]?.textContent ?? ''),
  );
  const at = names.indexOf('Sharpe ratio');
  await radios.nth(at).focus();
  await page.keyboard.press('ArrowUp');
  await expect(radios.nth(at - 1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(radios.nth(at - 2)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(radios.nth(at - 1)).toBeFocused();
  await expect(radios.nth(at)).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(radios.nth(at - 1)).toBeChecked();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await expect(radios.nth(at - 2)).toBeChecked();
  const log = await readFile(join(run, '.cairn/log.jsonl'), 'utf8');
  expect(log.trim().split('\n')).toHaveLength(2);
});

test('the best by a benchmark says which evaluators its values come from, where that is more than one', async () => {
  const run = await copySampleRun();
  for (const [score, version] of ['11', '12'].entries()) {
    const evaluator = `sh -c 'echo "{\\"score\\": ${score}}"' sh {model}`;
    expect((await runCli(['benchmark', run, version, '--evaluator', evaluator])).code).toBe(0);
  }
  const page = await open(run);
  await metricButton(page).click();
  await metricMenu(page).getByRole('radio', { name: 'Bench score' }).click();
  await expect(sureBlock(page)).toContainText(
    /Its values were not all measured alike: 1 by “sh -c .*, 1 by “sh -c /,
  );

  const said = /^Ranked by bench_score\. Its values were not all measured alike: 1 by “sh -c /;
  const ofOrder = page.getByRole('note').filter({ hasText: 'Ranked by' });
  await expect(ofOrder).toHaveCount(0);
  await page.getByRole('columnheader', { name: 'Bench score' }).getByRole('button').click();
  await expect(ofOrder).toHaveText(said);
  await expectAccessible(page, '.sort-warnings');
  await queryBox(page).fill('version = 11');
  await expect(ofOrder).toHaveCount(0);
  await queryBox(page).fill('');
  await expect(ofOrder).toHaveText(said);
  await page.getByRole('button', { name: 'Prune…' }).click();
  const prune = page.getByRole('dialog', { name: /Prune/ });
  await expect(prune.getByRole('note')).toHaveText(said);
  await prune.getByLabel('Best by').selectOption('sharpe');
  await expect(prune.getByRole('note')).toHaveCount(0);
});

test('a direction that contradicts its name is flagged, in the menu, at the top and beside the best', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await metricButton(page).click();
  const loss = metricMenu(page).getByRole('listitem').filter({ hasText: 'Policy loss' });
  const end = (name: string) => loss.getByRole('button', { name });
  await expect(end('Lower is better')).toHaveAttribute('aria-pressed', 'true');
  await expect(loss).not.toContainText('A loss is better when it is smaller.');
  await end('Higher is better').click();
  await expect(end('Higher is better')).toHaveAttribute('aria-pressed', 'true');
  await expect(loss).toContainText('A loss is better when it is smaller.');
  // It is a note on a metric that decides nothing yet.
  await expect(metricButton(page)).toHaveText('best by Sharpe ratio ↑');
  await loss.getByRole('radio').click();
  await expect(metricButton(page)).toHaveText('best by Policy loss ↑');
  await expect(metricButton(page)).toHaveAttribute('title', 'A loss is better when it is smaller.');
  await expect(sureBlock(page)).toContainText('It is ranked here with the largest as best.');
  expect(await choicesOf(run)).toMatchObject({
    metric: 'policy_loss',
    directions: [{ metric: 'policy_loss', mode: 'max' }],
  });
  await end('Lower is better').click();
  await expect(sureBlock(page)).not.toContainText('with the largest as best');
});

test('beside the best stands how sure that is; what no file says is asked once and kept', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const block = sureBlock(page);
  await expect(factOf(block, 'Chosen among')).toContainText(
    /^Chosen among1\d candidates; passed over: .*2 without a finite value/,
  );
  const among = (await factOf(block, 'Chosen among').textContent()) ?? '';
  const numbers = Array.from(among.matchAll(/\d+(?= )/g), ([number]) => Number(number));
  expect(numbers.reduce((sum, number) => sum + number, 0)).toBe(26);
  await expect(factOf(block, 'Probabilistic and deflated Sharpe')).toContainText(
    'not computable: needs the number of returns',
  );
  await expect(factOf(block, '95% interval')).toContainText('not computable');
  await block.getByRole('button', { name: 'Fill in what is missing…' }).click();
  const form = page.getByRole('form', { name: 'Returns behind the Sharpe ratio' });
  await form.getByLabel('Returns measured').fill('1008');
  await form.getByLabel('The Sharpe ratio is').selectOption('per year');
  await form.getByLabel('Periods a year').fill('252');
  await form.getByLabel('Skewness').fill('-2');
  await form.getByLabel('Kurtosis').fill('4');
  await form.getByRole('button', { name: 'Keep' }).click();
  await expect(form).toContainText('At least 1 + skewness², here 5');
  await form.getByLabel('Skewness').fill('-0.5');
  await form.getByLabel('Models tried').fill('40');
  await form.getByRole('button', { name: 'Keep' }).click();
  await expect(form).toBeHidden();
  await expect(factOf(block, 'Probabilistic Sharpe')).toContainText(/99\.\d\d% sure/);
  await expect(factOf(block, 'Deflated Sharpe')).toContainText(
    /\d\d\.\d\d% sure that it beats the best of 40/,
  );
  await expect(block).toContainText('It may be luck: the best of 40 tries without any skill');
  await expect(block).toContainText('The best is within noise');
  expect(await choicesOf(run)).toMatchObject({
    metric: null,
    returns: { periods: 1008, annualised_by: 252, skewness: -0.5, kurtosis: 4, trials: 40 },
  });
  await block.getByRole('button', { name: 'Change these inputs…' }).click();
  await expect(form.getByLabel('Returns measured')).toHaveValue('1008');
  await form.getByLabel('Returns measured').fill('');
  await form.getByRole('button', { name: 'Keep' }).click();
  await expect(factOf(block, 'Probabilistic and deflated Sharpe')).toContainText(
    'needs the number of returns',
  );
  await factOf(block, 'Next').getByRole('button').click();
  await expect(page.locator('[role="row"][aria-selected="true"]')).toHaveCount(1);
});

test('by reward there is an interval from the episodes on record, and what a trainer would resume from is marked', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await metricButton(page).click();
  await metricMenu(page).getByRole('radio', { name: 'Reward', exact: true }).click();
  await page.keyboard.press('Escape');
  const block = sureBlock(page);
  await expect(factOf(block, '95% interval')).toContainText('by the deviation of 24 episodes on record');
  await expect(block).toContainText('The best is within noise');
  await expect(factOf(block, 'Deflated Sharpe')).toHaveCount(0);
  await expect(block.getByRole('button', { name: 'Fill in what is missing…' })).toHaveCount(0);
  // The newest checkpoint of the sample run stops in the middle.
  const resumes = factOf(block, 'Newest by time');
  await expect(resumes).toContainText('not intact: a trainer that goes by time alone resumes from it');
  // A long name fills its line: a comma would begin the next.
  await expect(resumes).not.toContainText(', not intact');
  await resumes.getByRole('button').click();
  await expect(
    page.locator(
      '[role="row"][aria-selected="true"][data-version-id="checkpoints/checkpoint_step_000516096.pt"]',
    ),
  ).toBeVisible();
});

test('of a run that must not be written to, the choice is kept elsewhere', async () => {
  const run = await copySampleRun();
  await chmod(run, 0o555);
  const page = await open(run);
  await metricButton(page).click();
  await metricMenu(page).getByRole('radio', { name: 'Win rate' }).click();
  await expect(metricButton(page)).toHaveText('best by Win rate ↑');
  await expect(access(join(run, '.cairn'))).rejects.toThrow();
  await expect(metricButton(await restart(run))).toHaveText('best by Win rate ↑');
  await chmod(run, 0o755);
});

test('axe finds nothing in the menu, in the block and in its form', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await sureBlock(page).getByRole('button', { name: 'Fill in what is missing…' }).click();
  await page.getByRole('form').waitFor();
  await metricButton(page).click();
  const loss = metricMenu(page).getByRole('listitem').filter({ hasText: 'Policy loss' });
  await loss.getByRole('button', { name: 'Higher is better' }).click();
  await expect(metricMenu(page)).toContainText('A loss is better');
  for (const colorScheme of ['light', 'dark'] as const) {
    await showIn(page, colorScheme);
    await expectAccessible(page, 'body');
  }
});

test('a version that is chosen stays chosen when the metric changes', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await selectVersion(page, bySharpe);
  await metricButton(page).click();
  await metricMenu(page).getByRole('radio', { name: 'Entropy' }).click();
  await expect(metricButton(page)).toHaveText('best by Entropy ↑');
  await expect(rowOf(page, bySharpe)).toHaveAttribute('aria-selected', 'true');
});

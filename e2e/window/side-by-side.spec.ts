import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { cellOf, selectVersion } from '../driver/versions-table.ts';
import { best, first, openedRuns } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const tenth = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';

const { open } = openedRuns();

async function compare(page: Page, ids: readonly string[]): Promise<Locator> {
  const [one = '', ...others] = ids;
  await selectVersion(page, one);
  for (const id of others) await cellOf(page, id, 'version').click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('button', { name: 'Side by side' }).click();
  return page.getByRole('table', { name: 'Versions side by side' });
}

const lineOf = (table: Locator, label: string) => table.locator(`[data-value="${label}"]`);

test('metrics stand against the best, with arrows that know which end is better', async () => {
  const page = await open(await copySampleRun());
  const table = await compare(page, [tenth, best]);
  const sharpe = lineOf(table, 'sharpe').getByRole('cell');
  await expect(sharpe).toHaveText([/^1\.5853▼ −0\.0614$/, '1.6467']);
  await expect(sharpe.nth(0).getByRole('img')).toHaveAccessibleName('−0.0614, worse than the baseline');
  await expect(lineOf(table, 'sharpe').getByRole('rowheader')).toContainText('↑');
  await expect(lineOf(table, 'entropy')).not.toContainText('▼');
  await page.getByRole('button', { name: 'Take v10 as the baseline' }).click();
  await expect(sharpe).toHaveText(['1.5853', /^1\.6467▲ \+0\.0614$/]);
});

test('what is equal is left out until it is asked for, and a value is found by its name', async () => {
  const page = await open(await copySampleRun());
  const table = await compare(page, [tenth, best]);
  const gamma = lineOf(table, 'training_config.gamma');
  await expect(lineOf(table, 'Episode')).toBeVisible();
  await expect(gamma).toHaveCount(0);
  await page.getByRole('switch', { name: 'Differences only' }).uncheck();
  await page.getByRole('textbox', { name: 'Find a value by its name' }).fill('gamma');
  await expect(gamma.getByRole('cell')).toHaveText(['0.9', '0.9']);
});

test('any number stands side by side; one is taken out, its weights compared with the baseline', async () => {
  const page = await open(await copySampleRun());
  await selectVersion(page, best);
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByRole('button', { name: 'Side by side' }).click();
  const table = page.getByRole('table', { name: 'Versions side by side' });
  await expect(table).toHaveAttribute('aria-colcount', '27');
  await page.getByRole('tab', { name: 'Versions' }).click();
  const three = await compare(page, [first, tenth, best]);
  await page.getByRole('button', { name: 'Take v1 out' }).click();
  await expect(three).toHaveAttribute('aria-colcount', '3');
  await page.getByRole('button', { name: 'Compare the weights of v10 with the baseline' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare weights' });
  await expect(dialog).toContainText('32 changed');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('without two versions it says how they get here, and offers the best and the latest', async () => {
  const page = await open(await copySampleRun());
  await page.getByRole('tab', { name: 'Side by side' }).click();
  await page.getByRole('button', { name: 'Compare the best with the latest' }).click();
  await expect(page.getByRole('table', { name: 'Versions side by side' })).toHaveAttribute(
    'aria-colcount',
    '3',
  );
});

import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openedWorkspace } from '../driver/opened-workspace.ts';
import { expectRunCount, expectSearched, runRow, runsFilter } from '../driver/runs-table.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copyStableBaselinesRun } from '../fixtures/copy-runs.ts';

const { app, opened } = openedWorkspace();

test('runs are grouped by what is asked for, with how many they are and the best of each', async () => {
  const page = await opened();
  const groups = page.locator('[role="row"][data-group]');
  await page.getByLabel('Group runs by').selectOption({ label: 'By Folder' });
  await expect(groups).toHaveCount(3);
  await expect(groups.first()).toContainText(/^2026-03-012 runs · .* versions · .*best .* in lr=0\.01$/);
  const lines = await page.locator('[role="rowgroup"] [role="row"]:not(:has([role="columnheader"]))').count();
  expect(lines).toBe(7);
  await runRow(page, 'older/simple').click();
  await page.keyboard.press('ArrowDown');
  await expect(runRow(page, 'zoo/ppo_1')).toHaveAttribute('aria-selected', 'true');
  await page.getByLabel('Group runs by').selectOption({ label: 'Not grouped' });
  await expect(groups).toHaveCount(0);
});

test('a page says which settings differ between the runs that are shown, and that too few runs tell nothing', async () => {
  const page = await opened();
  await page.getByRole('tab', { name: 'Differences' }).click();
  await expect(page.getByText('This is an association')).toBeVisible();
  const table = page.getByRole('region', { name: 'Settings that are numbers' });
  await expect(table.locator('tbody tr')).toHaveCount(1);
  await expect(table.locator('tbody td')).toHaveText([
    'lr',
    '2',
    '0.01 – 0.1',
    '–',
    'too few runs: 5 are needed',
  ]);
  await runsFilter(page).fill('zoo');
  await expect(page.getByText('No run that is shown has both a best version')).toBeVisible();
  await runsFilter(page).fill('');
  await page.getByRole('tab', { name: 'Runs' }).click();
  await expectRunCount(page, 4);
});

test('runs without Hydra are compared by what their sidecars, hparams.yaml and args.json say', async () => {
  const folder = join(await tempFolder('no-hydra'), 'sweep');
  const model = join(await copyStableBaselinesRun(), 'rl_model_10000_steps.zip');
  for (const index of [1, 2, 3, 4, 5]) {
    const run = join(folder, `run_${index}`);
    await mkdir(join(run, 'checkpoints'), { recursive: true });
    await writeFile(join(run, 'args.json'), JSON.stringify({ seed: 7, batch_size: 32 * index }));
    await cp(model, join(run, 'checkpoints/agent.zip'));
    const record = { version: 1, reward: -index, metrics: {}, hyperparameters: { lr: index / 10 } };
    await writeFile(join(run, 'checkpoints/agent.json'), JSON.stringify(record));
  }
  const { page, electron } = app();
  await electron.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
  }, folder);
  await page.keyboard.press('Control+o');
  await expectRunCount(page, 5);
  await expectSearched(page);
  await page.getByRole('tab', { name: 'Differences' }).click();
  const table = page.getByRole('region', { name: 'Settings that are numbers' });
  await expect(table.locator('tbody tr')).toHaveCount(2);
  await expect(table.locator('[data-setting="learning_rate"] td')).toHaveText([
    'learning_rate',
    '5',
    '0.1 – 0.5',
    '−1.0000',
    'higher goes strongly with worse',
  ]);
  await expect(table.locator('[data-setting="batch_size"]')).toContainText('32 – 160');
});

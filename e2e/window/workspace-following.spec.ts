import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openedWorkspace } from '../driver/opened-workspace.ts';
import { expectRunCount, expectSearched, runRow } from '../driver/runs-table.ts';
import { statusLine } from '../driver/versions-table.ts';

/** In milliseconds. A search rests ten times as long as it took; one that needs no hint waits for three minutes. */
const patience = 60_000;
test.describe.configure({ timeout: 4 * patience });

const { opened, outputs } = openedWorkspace();

test('what comes and goes is seen without anybody asking, and that it is watched is said', async () => {
  const page = await opened();
  await expect(statusLine(page)).toContainText('Watching live');
  await cp(join(outputs(), 'older/simple'), join(outputs(), 'newer'), { recursive: true });
  await expect(runRow(page, 'newer')).toBeVisible({ timeout: patience });
  await expectRunCount(page, 5);
  await rm(join(outputs(), 'zoo/ppo_1'), { recursive: true });
  await expect(runRow(page, 'zoo/ppo_1')).toHaveCount(0, { timeout: patience });
  await expectRunCount(page, 4);
  await expect(statusLine(page)).toContainText('Watching live');
});

test('a run is seen that begins as an empty folder, and so is each of its saves', async () => {
  const page = await opened();
  const run = join(outputs(), '2026-03-02/09-00-00');
  await mkdir(run, { recursive: true });
  await cp(join(outputs(), 'older/simple'), join(outputs(), 'newer'), { recursive: true });
  await expect(runRow(page, 'newer')).toBeVisible({ timeout: patience });
  const models = join(run, 'checkpoints');
  await mkdir(models);
  await save(models, 1);
  const row = runRow(page, '2026-03-02/09-00-00');
  await expect(row).toBeVisible({ timeout: patience });
  await save(models, 2);
  await expect(row.locator('[data-column="versions"]')).toHaveText('2', { timeout: patience });
});

test('a run is seen in one of so many folders that not all of them are watched', async () => {
  const many = Array.from({ length: 600 }, (_, index) => join(outputs(), `many/${index}`));
  for (const folder of many) await mkdir(folder, { recursive: true });
  const page = await opened();
  await save(join(outputs(), 'many/99'), 1);
  await expect(runRow(page, 'many/99')).toBeVisible({ timeout: patience });
});

async function save(models: string, version: number): Promise<void> {
  const record = { version, reward: version, timestamp: `2026-03-02T09:00:0${version}`, metrics: {} };
  await writeFile(join(models, `model_v000${version}.json`), JSON.stringify(record));
}

test('F5 finds what is new and leaves out what is gone; the folder that goes and comes back is told', async () => {
  const page = await opened();
  await cp(join(outputs(), 'older/simple'), join(outputs(), 'newer'), { recursive: true });
  await rm(join(outputs(), 'zoo'), { recursive: true });
  await page.keyboard.press('F5');
  await expect(runRow(page, 'newer')).toBeVisible();
  await expect(runRow(page, 'zoo/ppo_1')).toHaveCount(0);
  await expectRunCount(page, 4);
  const elsewhere = join(dirname(outputs()), 'elsewhere');
  await rename(outputs(), elsewhere);
  await expect(statusLine(page)).toContainText('The folder is gone');
  await expect(page.getByRole('button', { name: 'Search again' })).toBeDisabled();
  await expectRunCount(page, 4);
  await rename(elsewhere, outputs());
  await expectSearched(page);
  await expectRunCount(page, 4);
});

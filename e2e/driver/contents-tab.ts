import { expect, type Locator, type Page } from '@playwright/test';
import type { Cairn } from './launch-cairn.ts';
import { selectVersion } from './versions-table.ts';

/** Selects a version and shows what is in its file; gives the panel. */
export async function openContents(page: Page, id: string): Promise<Locator> {
  const details = await selectVersion(page, id);
  await details.getByRole('tab', { name: 'Contents' }).click();
  await expect(details.getByRole('region', { name: 'Loading it' })).toBeVisible();
  return details;
}

export function tensorOf(details: Locator, label: string): Locator {
  return details.locator(`[data-tensor=${JSON.stringify(label)}]`);
}

/** Presses a tensor; gives the dialog with its numbers. */
export async function openTensor(page: Page, details: Locator, label: string): Promise<Locator> {
  await tensorOf(details, label).click();
  const dialog = page.getByRole('dialog', { name: label });
  await dialog.waitFor();
  return dialog;
}

/** Means and deviations that do not fit into their column. */
export function cutNumbers(details: Locator): Promise<string[]> {
  return details
    .locator('[role="treegrid"] :is([data-cell="mean"], [data-cell="std"])')
    .evaluateAll((cells) =>
      cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => `${cell.textContent}`),
    );
}

/** What the system's save dialog will answer: a path, or null for Cancel. */
export async function answerSaveDialog({ electron }: Cairn, path: string | null): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: filePath === null, filePath: filePath ?? '' });
  }, path);
}

import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { type Cairn, launchCairn } from './launch-cairn.ts';
import { expectVersionCount } from './versions-table.ts';

let cairn: Cairn | null = null;

/** Opens a run in a window, once all its versions are listed. */
export async function open(run: string, count = 26): Promise<Page> {
  cairn = await launchCairn({ runs: [run] });
  await expectVersionCount(cairn.page, count);
  return cairn.page;
}

/** Opens a run in a window, whatever it holds. */
export async function openAsItIs(run: string): Promise<Page> {
  cairn = await launchCairn({ runs: [run] });
  return cairn.page;
}

/** To be called after each test. */
export async function closeCairn(): Promise<void> {
  await cairn?.close();
  cairn = null;
}

/** Every file of a run but Cairn's own, with its bytes. */
export async function contents(run: string): Promise<Map<string, string>> {
  const entries = await readdir(run, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = paths.filter((path) => !path.includes('/.cairn/')).sort();
  return new Map(await Promise.all(own.map(async (path) => [path, await readFile(path, 'latin1')] as const)));
}

export const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

export async function turnOneBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  await writeFile(path, bytes);
}

export function press(within: Page | Locator, name: string | RegExp): Promise<void> {
  return within.getByRole('button', { name, exact: true }).click();
}

export async function openDialog(page: Page, button: string, name: string): Promise<Locator> {
  await press(page, button);
  const dialog = page.getByRole('dialog', { name });
  await dialog.waitFor();
  return dialog;
}

/** Presses Undo of the toast with these words. */
export async function undo(page: Page, words: string): Promise<void> {
  await page.getByRole('alert').filter({ hasText: words }).getByRole('button', { name: 'Undo' }).click();
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('[role="dialog"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** What the system's folder dialog will answer. */
export async function answerWithFolder(folder: string): Promise<void> {
  await cairn?.electron.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
  }, folder);
}

import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Cairn } from './launch-cairn.ts';

/** Versions of the sample run. */
export const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
export const first = 'best_models/model_v0001_rewardn0.1214_20260302_094200.pt';
export const second = 'best_models/model_v0002_reward0.3404_20260302_095400.pt';

/** Every file of a run but Cairn's own, with its bytes; `without` is one too large to be read. */
export async function contents(run: string, without?: string): Promise<Map<string, string>> {
  const entries = await readdir(run, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = paths.filter((path) => !path.includes('/.cairn/') && path !== without).sort();
  return new Map(await Promise.all(own.map(async (path) => [path, await readFile(path, 'latin1')] as const)));
}

export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export async function turnOneBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  await writeFile(path, bytes);
}

export function press(within: Page | Locator, name: string | RegExp): Promise<void> {
  return within.getByRole('button', { name, exact: true }).click();
}

/** Presses a button and gives the dialog that comes of it. */
export async function openDialog(
  page: Page,
  button: string,
  name: string | RegExp,
  within: Page | Locator = page,
): Promise<Locator> {
  await press(within, button);
  const dialog = page.getByRole('dialog', { name });
  await dialog.waitFor();
  return dialog;
}

/** Shows a page of the run and gives its part of the window. */
export async function showPage(
  page: Page,
  name: 'Backups' | 'Trash' | 'History' | 'Versions',
): Promise<Locator> {
  await page
    .getByRole('tablist', { name: 'Pages of this run' })
    .getByRole('tab', { name, exact: true })
    .click();
  return page.getByRole('tabpanel', { name });
}

/** The lines of a list of records: backups, operations in the trash, a plan. */
export function recordsOf(within: Page | Locator): Locator {
  return within.locator('[data-record]');
}

export function recordOf(within: Page | Locator, key: string): Locator {
  return within.locator(`[data-record=${JSON.stringify(key)}]`);
}

/** The keys of all lines of such a list, which holds only those in and around the view. */
export function allRecords(table: Locator): Promise<string[]> {
  return table.evaluate(async (list) => {
    const found = new Set<string>();
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    for (let top = 0; top < list.scrollHeight; top += list.clientHeight / 2) {
      list.scrollTop = top;
      await frame();
      await frame();
      for (const row of list.querySelectorAll<HTMLElement>('[data-record]'))
        found.add(row.dataset['record'] ?? '');
    }
    return [...found];
  });
}

/** Presses Undo of the toast with these words. */
export async function undo(page: Page, words: string): Promise<void> {
  await page.getByRole('alert').filter({ hasText: words }).getByRole('button', { name: 'Undo' }).click();
}

/** Sends the toasts away before their time, also one that is leaving already. */
export async function dismissToasts(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Dismiss' }).evaluateAll((buttons) => {
    for (const button of buttons) (button as HTMLElement).click();
  });
  await expect(page.getByRole('alert')).toHaveCount(0);
}

/** The command that a part of the screen says does the same. */
export function commandOf(within: Page | Locator): Promise<string> {
  return within.getByRole('textbox', { name: 'The same on the command line' }).inputValue();
}

/** What the system's folder dialog will answer. */
export async function answerWithFolder({ electron }: Cairn, folder: string): Promise<void> {
  await electron.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
  }, folder);
}

/** What the system's dialog for a new file will answer. */
export async function answerWithFile({ electron }: Cairn, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, answer) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: answer });
  }, path);
}

/** Which button of the system's dialogs is pressed from now on: of the one that asks whether words may be run, or of another. */
export async function answerWords({ electron }: Cairn, answer: string): Promise<void> {
  await electron.evaluate(({ dialog }, wanted) => {
    const asked: string[] = [];
    Object.assign(globalThis, { askedWords: asked });
    const answering = async (...given: unknown[]) => {
      const { detail, buttons } = given.at(-1) as { detail: string; buttons: string[] };
      asked.push(detail);
      return { response: buttons.indexOf(wanted), checkboxChecked: false };
    };
    dialog.showMessageBox = answering as typeof dialog.showMessageBox;
  }, answer);
}

/** What those dialogs said, each time since {@link answerWords}. */
export async function askedWords({ electron }: Cairn): Promise<string[]> {
  return electron.evaluate(() => (globalThis as unknown as { askedWords: string[] }).askedWords);
}

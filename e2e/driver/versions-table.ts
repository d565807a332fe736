import { expect, type Locator, type Page } from '@playwright/test';

/** The table of versions, as a person, a screen reader or a script finds it. */
export function tableOf(page: Page): Locator {
  return page.getByRole('grid');
}

/** The box for words to look for, or a query. */
export function queryBox(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Filter versions' });
}

export function rowsOf(page: Page): Locator {
  return page.locator('[role="row"][data-version-id]');
}

export function rowOf(page: Page, id: string): Locator {
  return page.locator(`[role="row"][data-version-id=${JSON.stringify(id)}]`);
}

/** The row of a version of a run, where a table shows several. */
export function rowIn(page: Page, run: string, id: string): Locator {
  return rowOf(page, id).filter({
    has: page.locator('[data-column="run"]').getByText(run, { exact: true }),
  });
}

export function integrityOf(page: Page, id: string): Locator {
  return rowOf(page, id).locator('[data-integrity]');
}

export function expectIntegrity(row: Locator, state: string): Promise<void> {
  return expect(row.locator('[data-integrity]')).toHaveAttribute('data-integrity', state);
}

export function cellOf(page: Page, id: string, column: string): Locator {
  return rowOf(page, id).locator(`[data-column="${column}"]`);
}

/** Waits until the table says that it has so many versions; its heading is a row of its own. */
export async function expectVersionCount(page: Page, count: number): Promise<void> {
  await expect(tableOf(page)).toHaveAttribute('aria-rowcount', String(count + 1));
}

export function headOf(page: Page, label: string): Locator {
  return page.getByRole('columnheader').filter({ has: page.getByText(label, { exact: true }) });
}

export function sortBy(page: Page, label: string): Promise<void> {
  return headOf(page, label).getByRole('button').click();
}

/** The ids of all rows in their order, scrolling through the table, which holds only the rows in and around the view. */
export async function allIds(page: Page): Promise<string[]> {
  return page.evaluate(readAllIds);
}

/** In the page: walks down the table a view at a time. */
async function readAllIds(): Promise<string[]> {
  const table = document.querySelector<HTMLElement>('[role="grid"]');
  if (!table) throw new Error('there is no table');
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const found = new Map<number, string>();
  const read = () => {
    for (const row of table.querySelectorAll<HTMLElement>('[data-version-id]'))
      found.set(
        Number(row.ariaRowIndex ?? row.getAttribute('aria-rowindex')),
        row.dataset['versionId'] ?? '',
      );
  };
  const before = table.scrollTop;
  for (let top = 0; top < table.scrollHeight; top += table.clientHeight / 2) {
    table.scrollTop = top;
    await frame();
    await frame();
    read();
  }
  table.scrollTop = before;
  return [...found].sort(([a], [b]) => a - b).map(([, id]) => id);
}

/** In the page: scrolls until the row of a version is there; what files say of themselves may move it meanwhile. */
async function revealRow(id: string): Promise<void> {
  const table = document.querySelector<HTMLElement>('[role="grid"]');
  if (!table) throw new Error('there is no table');
  const isThere = () =>
    [...table.querySelectorAll<HTMLElement>('[data-version-id]')].some(
      (row) => row.dataset['versionId'] === id,
    );
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (let top = 0; !isThere() && top < table.scrollHeight; top += table.clientHeight / 2) {
    table.scrollTop = top;
    await frame();
    await frame();
  }
}

/** Opens the details of a version and gives the panel. */
export async function selectVersion(page: Page, id: string): Promise<Locator> {
  await expect(async () => {
    await page.evaluate(revealRow, id);
    await cellOf(page, id, 'version').click({ timeout: 2000 });
  }).toPass({ timeout: 20_000 });
  await expect(rowOf(page, id)).toHaveAttribute('aria-selected', 'true');
  return page.getByRole('complementary', { name: 'Details' });
}

export function statusLine(page: Page): Locator {
  return page.getByRole('contentinfo');
}

/** The problems of the folder, each as `path: sentence`; closes the list again. */
export async function readProblems(page: Page): Promise<string[]> {
  await statusLine(page)
    .getByRole('button', { name: /problems?$/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const problems = await dialog
    .locator('li')
    .evaluateAll((items) =>
      items.map((item) => [...item.children].map((part) => part.textContent).join(': ')),
    );
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'hidden' });
  return problems;
}

/** A number as the window writes it: where programs have a hyphen it has a minus sign. */
export function withMinus(number: string): string {
  return number.replaceAll('-', '−');
}

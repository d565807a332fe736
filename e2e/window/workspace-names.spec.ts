import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { openedWorkspace } from '../driver/opened-workspace.ts';
import { resizeWindow } from '../driver/resize-window.ts';
import { runRow } from '../driver/runs-table.ts';
import { openDialog, press, recordsOf } from '../driver/written-run.ts';

const { app, outputs, opened } = openedWorkspace();

test('runs whose names differ at their ends alone are told apart in a narrow window, also where they are pruned', async () => {
  const page = await opened();
  const name = 'an-experiment-of-a-long-name-that-is-told-whole-nowhere-seed_';
  await rename(join(outputs(), 'older/simple'), join(outputs(), `older/${name}1`));
  await cp(join(outputs(), `older/${name}1`), join(outputs(), `older/${name}2`), { recursive: true });
  await resizeWindow(app(), 1024, 640);
  const isEndSeen = (part: Locator, end: string) =>
    expect.poll(() => part.getByText(end).evaluate(showsItsEnd)).toBe(true);
  for (const seed of ['1', '2']) await isEndSeen(runRow(page, name + seed), `seed_${seed}`);
  await runRow(page, `${name}1`).click();
  await runRow(page, `${name}2`).click({ modifiers: ['ControlOrMeta'] });
  const dialog = await openDialog(page, 'Prune 2…', 'Prune 2 runs');
  const runs = dialog.getByRole('table', { name: 'The plan, run by run' });
  for (const seed of ['1', '2'])
    await isEndSeen(recordsOf(runs).filter({ hasText: name + seed }), `seed_${seed}`);
});

test('a job of a sweep is called by what Hydra was asked for, wherever it is open', async () => {
  const page = await opened();
  for (const [from, job] of [
    ['10-00-00', '0'],
    ['10-05-00', '1'],
  ] as const)
    await rename(join(outputs(), '2026-03-01', from), join(outputs(), '2026-03-01', job));
  await runRow(page, '2026-03-01/0').click();
  await runRow(page, '2026-03-01/1').click({ modifiers: ['ControlOrMeta'] });
  await press(page, 'Compare best');
  const columns = page.getByRole('table', { name: 'Versions side by side' }).getByRole('columnheader');
  await expect(columns).toHaveText(['Value', /^0 \(lr=0\.1, seed=7\) · /, /^1 \(lr=0\.01, seed=7\) · /]);
  const name = '1 (lr=0.01, seed=7)';
  await page
    .getByRole('navigation')
    .getByRole('button', { name: `Close ${name}` })
    .waitFor();
  await page.getByRole('navigation').getByText('seed=7)').last().click();
  await expect(page.getByRole('heading', { level: 1, name: `2026-03-01/${name}` })).toBeVisible();
});

/** In the page: whether the last letter is inside all that holds it. */
function showsItsEnd(words: Element): boolean {
  const text = words.firstChild;
  if (!(text instanceof Text)) throw new Error('there are no words');
  const letter = document.createRange();
  letter.setStart(text, text.length - 1);
  letter.setEnd(text, text.length);
  const { right } = letter.getBoundingClientRect();
  for (let part: Element | null = words; part !== null; part = part.parentElement)
    if (getComputedStyle(part).overflow !== 'visible' && part.getBoundingClientRect().right < right - 1)
      return false;
  return true;
}

import { appendFile, copyFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { openContents, tensorOf } from '../driver/contents-tab.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { resizeWindow } from '../driver/resize-window.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { cellOf, headOf, rowOf, selectVersion, sortBy, statusLine } from '../driver/versions-table.ts';
import { best, first, openDialog, press, recordsOf, showPage } from '../driver/written-run.ts';
import { copySampleRun, copyStableBaselinesRun } from '../fixtures/copy-runs.ts';

const latest = 'best_models/model_v0017_reward0.4308_20260302_125400.pt';

const { open, app } = openedRuns();

async function openSmall(run: string, count = 26) {
  const page = await open(run, count);
  await resizeWindow(app(), 1024, 700);
  return page;
}

async function expectWhole(part: Locator): Promise<void> {
  await expect.poll(() => part.evaluate((word) => word.scrollWidth <= word.clientWidth)).toBe(true);
}

test('where two files have one number both names can be told, beside a badge that is short', async () => {
  const run = await copySampleRun();
  await copyFile(join(run, best), join(run, 'best_models/bom.pt'));
  const sidecar = JSON.parse(await readFile(join(run, best.replace('.pt', '.json')), 'utf8'));
  await writeFile(join(run, 'best_models/bom.json'), JSON.stringify(sidecar));
  const page = await openSmall(run, 27);
  await expect(page.locator('.badge-best')).toHaveText('best');
  await expect(page.locator('.badge-best')).toHaveAttribute('title', 'best · sharpe ↑');
  await expectWhole(page.locator('.badge-best'));
  for (const id of [best, 'best_models/bom.pt']) {
    const start = rowOf(page, id).locator('.version-name .cut-start, .version-name[data-short]');
    await expect(start).toContainText('v11');
    const seen = await start.evaluate((name) => {
      const range = document.createRange();
      const text = document.createTreeWalker(name, NodeFilter.SHOW_TEXT).nextNode();
      if (!text) throw new Error('a version has no name');
      range.setStart(text, 0);
      range.setEnd(text, 'v11 ('.length);
      return (
        range.getBoundingClientRect().right <=
        (name.closest('.version-name')?.getBoundingClientRect().right ?? 0)
      );
    });
    expect(seen).toBe(true);
  }
});

test('files of one name are told by their folders, beside a badge too', async () => {
  const run = join(await tempFolder('policies'), 'run');
  const fixture = join(import.meta.dirname, '../fixtures/layouts/sample-factory-policies');
  await cp(fixture, run, { recursive: true });
  const page = await openSmall(run, 6);
  const names = page.locator('.version-name .cut-start');
  for (const policy of ['checkpoint_p0/', 'checkpoint_p1/'])
    await expect(names.filter({ hasText: policy })).toHaveCount(2);
});

test('the name of a file is whole at the head of its details, and a number has the tabs beside it', async () => {
  const page = await openSmall(await copyStableBaselinesRun(), 6);
  const head = page.locator('.details-head');
  const title = head.getByRole('heading');
  const tabs = head.getByRole('tablist');
  const isBelow = async () => {
    const [above, below] = await Promise.all([title.boundingBox(), tabs.boundingBox()]);
    return (below?.y ?? 0) > (above?.y ?? 0) + (above?.height ?? 0) - 2;
  };
  await selectVersion(page, 'rl_model_40000_steps.zip');
  await expect(title).toHaveText('rl_model_40000_steps.zip');
  await expect(title.locator('.cut-left-out')).toHaveCount(0);
  await expect.poll(isBelow).toBe(true);
  await openSmall(await copySampleRun());
  await selectVersion(page, best);
  await expect(title).toHaveText('v11');
  await expect.poll(isBelow).toBe(false);
});

test('why something failed can be read in the history', async () => {
  const run = await copySampleRun();
  await readJson(['trash', run, 'v11']);
  await writeFile(join(run, best), 'another');
  const page = await openSmall(run);
  await readJson(['undo', run], 3);
  await showPage(page, 'History');
  const failed = page.locator('.record-row [data-state="failed"]');
  await expect(failed).toContainText('—');
  const width = await failed.evaluate((words) => words.parentElement?.clientWidth ?? 0);
  expect(width).toBeGreaterThan(220);
});

test('a version that is both best and latest says both, whole', async () => {
  const run = await copySampleRun();
  const sidecar = join(run, latest.replace('.pt', '.json'));
  const record = JSON.parse(await readFile(sidecar, 'utf8'));
  await writeFile(sidecar, JSON.stringify({ ...record, metrics: { ...record.metrics, sharpe: 9 } }));
  const page = await openSmall(run);
  const badges = rowOf(page, latest).locator('.badge');
  await expect(badges).toHaveText(['best', 'latest']);
  for (const badge of await badges.all()) await expectWhole(badge);
  await expect(badges.first()).toHaveAttribute('title', 'best · sharpe ↑');
});

test('a number with an exponent is whole, also in the column that ranks', async () => {
  const run = await copySampleRun();
  const sidecar = join(run, latest.replace('.pt', '.json'));
  const record = JSON.parse(await readFile(sidecar, 'utf8'));
  const metrics = { ...record.metrics, sharpe: -1.2345e300, mean_reward: 1.2345e300 };
  await writeFile(sidecar, JSON.stringify({ ...record, reward: 1.2345e300, metrics }));
  const page = await openSmall(run);
  for (const [column, text] of [
    ['metric:sharpe', /^−1\.23\de\+300$/],
    ['reward', /^1\.23\de\+300$/],
  ] as const) {
    const cell = cellOf(page, latest, column);
    await expect(cell).toHaveText(text);
    await expectWhole(cell);
  }
});

test('how many versions are in a state is one number on one line, however many those are', async () => {
  const page = await openSmall(await copySampleRun());
  const state = page.locator('.overview-state').first();
  await state.waitFor();
  // What is judged meanwhile takes the line away.
  const lines = () =>
    state.evaluate((line) => {
      const number = document.createRange();
      line.lastChild?.replaceWith('100,000');
      number.selectNodeContents(line.lastChild ?? line);
      return number.getClientRects().length;
    });
  await expect.poll(lines).toBe(1);
});

test('the badge of a run that configures no metric is whole, and says that nobody chose one where there is room', async () => {
  const run = await copySampleRun();
  await rm(join(run, '.hydra'), { recursive: true });
  const page = await openSmall(run);
  const badge = page.locator('.badge-best');
  await expect(badge).toHaveAttribute('title', /^best · (mean_)?reward ↑ \(default\)$/);
  await expectWhole(badge);
  const head = headOf(page, 'Version').getByRole('button');
  for (let count = 0; count < 6; count += 1) await head.press('Shift+ArrowRight');
  await expect(badge).toHaveText(/^best · (mean_)?reward ↑ \(default\)$/);
  await expectWhole(badge);
  for (let count = 0; count < 9; count += 1) await head.press('Shift+ArrowLeft');
  await expect(badge).toHaveText(/^best · (mean_)?reward ↑$/);
});

test('beside the table of a small window tensors have their names, and their search box room for words', async () => {
  const page = await openSmall(await copySampleRun());
  const details = await openContents(page, best);
  const weight = tensorOf(details, 'model_state_dict.trunk.0.weight');
  await weight.click({ modifiers: ['Control'] });
  await expect(details.getByRole('button', { name: 'Export 1…' })).toBeVisible();
  await expectWhole(weight.locator('bdi').first());
  await expectWhole(details.locator('.tensor-tools'));
  const search = await details.getByRole('searchbox', { name: 'Search tensors' }).boundingBox();
  expect(search?.width).toBeGreaterThan(150);
});

test('the head of the column that sorts keeps its word beside the arrow', async () => {
  const page = await openSmall(await copySampleRun());
  for (const word of ['Reward', 'Version']) {
    await sortBy(page, word);
    const label = headOf(page, word).locator('.head-label');
    await expectWhole(label);
    const [letters, arrow] = await Promise.all([
      label.boundingBox(),
      headOf(page, word).locator('svg').boundingBox(),
    ]);
    if (!letters || !arrow) throw new Error('the head is not shown');
    const isApart = arrow.x >= letters.x + letters.width || arrow.x + arrow.width <= letters.x;
    expect(isApart).toBe(true);
  }
});

test('that the folder is gone is said whole, also beside what a task has found', async () => {
  const run = await copySampleRun();
  const page = await openSmall(run);
  await press(page, 'Verify run');
  await expect(statusLine(page).locator('.outcome')).toBeVisible();
  await rm(run, { recursive: true });
  const words = statusLine(page).locator('.status-words');
  await expect(words).toContainText('or its disk is gone');
  await expectWhole(words);
  await expect(statusLine(page).locator('.status-watch')).toHaveAttribute('title', /The folder is gone: /);
  const [said, tasks] = await Promise.all([
    words.boundingBox(),
    statusLine(page).getByRole('button', { name: 'Tasks' }).boundingBox(),
  ]);
  expect((said?.x ?? 0) + (said?.width ?? 0)).toBeLessThan(tasks?.x ?? 0);
});

test('in a small window backups are told beside their details without a scroll, when they were verified too', async () => {
  const run = await copySampleRun();
  await readJson(['backup', run, 'v11', '--label', 'the best so far']);
  const page = await openSmall(run);
  const backups = await showPage(page, 'Backups');
  await recordsOf(backups).first().getByRole('button').first().click();
  await backups.getByRole('complementary', { name: 'Details' }).getByRole('term').first().waitFor();
  await expectWhole(backups.getByRole('table'));
  for (const record of await recordsOf(backups).all())
    await expectWhole(record.locator('[data-column="state"]'));
});

test('a command of many lines is cut at the end of a line', async () => {
  const run = await copySampleRun();
  await readJson(['backup', run, 'v11', '--label', 'the best so far']);
  const page = await openSmall(run);
  const backups = await showPage(page, 'Backups');
  await recordsOf(backups).getByRole('button').first().click();
  const command = backups.getByRole('textbox', { name: 'The same on the command line' });
  const lines = await command.evaluate(
    (field) => field.clientHeight / Number.parseFloat(getComputedStyle(field).lineHeight),
  );
  expect(lines).toBeGreaterThan(1);
  expect(lines).toBe(Math.round(lines));
});

test('after an error the buttons of the prune dialog stay in view, and one thing scrolls', async () => {
  const run = await copySampleRun();
  const page = await openSmall(run);
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await dialog.getByLabel('Keep best', { exact: true }).fill('3');
  const move = dialog.getByRole('button', { name: 'Move 13 to trash' });
  await expect(move).toBeEnabled();
  await appendFile(join(run, first), 'trained on');
  await move.click();
  await expect(dialog.getByRole('alert')).toContainText('the run changed since this plan was made');
  await expect(move).toBeEnabled();
  for (const name of ['Cancel', 'Move 13 to trash'])
    await expect(dialog.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  const scrolled = await dialog.evaluate((content) =>
    [content, ...content.querySelectorAll('*')]
      .filter((part) => ['auto', 'scroll'].includes(getComputedStyle(part).overflowY))
      .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
      .map(({ className }) => className),
  );
  expect(scrolled).toEqual([expect.stringContaining('record-table')]);
});

test('in a small window names in the plan of a prune end in what tells them apart', async () => {
  const page = await openSmall(await copySampleRun());
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await dialog.getByLabel('Checkpoints as well as best models').check();
  const name = dialog.locator('.end-kept').filter({ hasText: '000451584.pt' });
  await dialog.locator('.record-table').evaluate((table) => table.scrollTo(0, table.scrollHeight));
  await expect(name).toHaveText('checkpoint_step_000451584.pt');
  const seen = await name.evaluate((element) => {
    const cell = element.closest('.record-row > span')?.getBoundingClientRect().right ?? 0;
    return (element.lastElementChild?.getBoundingClientRect().right ?? Number.POSITIVE_INFINITY) <= cell;
  });
  expect(seen).toBe(true);
});

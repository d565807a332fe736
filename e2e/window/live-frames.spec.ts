import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { shareCairn } from '../driver/launch-cairn.ts';
import { cellOf, expectVersionCount, rowOf, selectVersion, tableOf } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { saveVersion } from '../fixtures/save-version.ts';

const chosen = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const other = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';
const second = 1000;

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

/** What was drawn: how many frames, and of each that was not as the first one what differed. */
interface Drawn {
  frames: number;
  faults: string[];
}

/** In the page: from now on each frame is compared with the one before this, until `drawn` is asked for. */
function watchFrames(): void {
  const table = document.querySelector<HTMLElement>('[role="grid"]');
  if (!table) throw new Error('there is no table');
  const look = () => {
    const view = table.getBoundingClientRect();
    const rows = [...table.querySelectorAll<HTMLElement>('[data-version-id]')].map((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return {
        id: row.dataset['versionId'] ?? '',
        top,
        isWhole: top >= view.top + 40 && bottom <= view.bottom,
      };
    });
    const selected = table.querySelector('[aria-selected="true"]')?.getAttribute('data-version-id');
    return { rows, selected };
  };
  const first = look();
  const drawn: Drawn = { frames: 0, faults: [] };
  const differenceOf = ({ id, top }: { id: string; top: number }, at: number | undefined) => {
    if (at === undefined) return [`${id} is missing`];
    return Math.abs(at - top) > 0.5 ? [`${id} moved by ${at - top}`] : [];
  };
  const compare = () => {
    drawn.frames += 1;
    const now = look();
    const tops = new Map(now.rows.map(({ id, top }) => [id, top]));
    const moved = first.rows
      .filter(({ isWhole }) => isWhole)
      .flatMap((row) => differenceOf(row, tops.get(row.id)));
    const other = now.selected === first.selected ? [] : [`${now.selected} is selected`];
    drawn.faults.push(...[...moved, ...other].map((fault) => `frame ${drawn.frames}: ${fault}`));
    if (isWatching) requestAnimationFrame(compare);
  };
  let isWatching = true;
  requestAnimationFrame(compare);
  Object.assign(window, {
    drawnSoFar: drawn,
    drawn: () => {
      isWatching = false;
      return drawn;
    },
  });
}

/** In the page. */
const framesSoFar = () => (window as unknown as { drawnSoFar: Drawn }).drawnSoFar.frames;

const drawnSince = (page: Page): Promise<Drawn> =>
  page.evaluate(() => (window as unknown as { drawn: () => Drawn }).drawn());

/** A version is chosen, and what is above it is out of view. */
async function chooseInTheMiddle(page: Page): Promise<void> {
  await selectVersion(page, chosen);
  await tableOf(page).evaluate((table) => {
    const row = table.querySelector('[aria-selected="true"]');
    const above = (row?.getBoundingClientRect().top ?? 0) - table.getBoundingClientRect().top;
    table.scrollBy(0, above - 150);
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

test('rows that land cause no flicker: in no frame a row is missing, or selection or scroll differ', async () => {
  const { page } = cairn();
  await expectVersionCount(page, 26);
  await chooseInTheMiddle(page);
  await page.evaluate(watchFrames);
  for (let count = 27; count < 39; count += 1) {
    await saveVersion(run, { version: 20 + count, reward: count / 100, metrics: { sharpe: count } });
    // Above what is in view there are only so many rows in the page.
    await expect(tableOf(page)).toHaveAttribute('aria-rowcount', `${count + 1}`, { timeout: second });
  }
  const { frames, faults } = await drawnSince(page);
  expect(faults).toEqual([]);
  expect(frames).toBeGreaterThan(30);
});

test('control: a table that jumps is noticed, and one that loses its choice', async () => {
  const { page } = cairn();
  await chooseInTheMiddle(page);
  await page.evaluate(watchFrames);
  await tableOf(page).evaluate((table) => table.scrollBy(0, 20));
  await expect.poll(() => page.evaluate(framesSoFar)).toBeGreaterThan(2);
  await selectVersion(page, other);
  await tableOf(page).evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  const { faults } = await drawnSince(page);
  expect(faults.some((fault) => fault.endsWith(' moved by -20'))).toBe(true);
  expect(faults.some((fault) => fault.endsWith(`${other} is selected`))).toBe(true);
});

async function removeVersion(path: string): Promise<void> {
  await rm(path.replace(/\.pt$/, '.json'));
  await rm(path);
}

test('a file that is removed is gone from the table within a second, and nothing else moves', async () => {
  const { page } = cairn();
  const count = Number(await tableOf(page).getAttribute('aria-rowcount'));
  const saved = [];
  for (const version of [60, 61])
    saved.push(await saveVersion(run, { version, reward: 0.5, metrics: { sharpe: version } }));
  await tableOf(page).evaluate((table) => table.scrollTo(0, 0));
  const [above = '', inView = ''] = saved.map(({ path }) => path);
  await expect(rowOf(page, saved[1]?.id ?? '')).toHaveAttribute('data-latest', 'true');
  await removeVersion(inView);
  await expect(rowOf(page, saved[1]?.id ?? '')).toHaveCount(0, { timeout: second });
  await chooseInTheMiddle(page);
  await page.evaluate(watchFrames);
  await removeVersion(above);
  await expect(tableOf(page)).toHaveAttribute('aria-rowcount', `${count}`, { timeout: second });
  const { frames, faults } = await drawnSince(page);
  expect(faults).toEqual([]);
  expect(frames).toBeGreaterThan(1);
});

/** Changes bytes of a file through memory: no watch hears of that, as of what another computer writes. */
function changeUnheard(path: string, from: string, to: string): void {
  const script = [
    'import mmap, sys',
    "file = open(sys.argv[1], 'r+b')",
    'memory = mmap.mmap(file.fileno(), 0)',
    'at = memory.find(sys.argv[2].encode())',
    'assert at >= 0',
    'memory[at : at + len(sys.argv[3])] = sys.argv[3].encode()',
    'memory.flush()',
  ];
  execFileSync('/usr/bin/python3', ['-c', script.join('\n'), path, from, to]);
}

test('a change that the watch missed is found when the window comes to the front', async () => {
  test.skip(process.platform !== 'linux', 'elsewhere watches may hear of it');
  const { page, electron } = cairn();
  await tableOf(page).evaluate((table) => table.scrollTo(0, 0));
  const { id, path } = await saveVersion(run, { version: 70, reward: 0.5, metrics: { sharpe: 70 } });
  await expect(cellOf(page, id, 'metric:sharpe')).toHaveText('70.0000');
  const sidecar = path.replace(/\.pt$/, '.json');
  changeUnheard(sidecar, '"sharpe": 70', '"sharpe": 99');
  expect(await readFile(sidecar, 'utf8')).toContain('"sharpe": 99');
  // What is heard of is shown by now, and that is not.
  const heard = join(run, 'checkpoints/heard.pt');
  await writeFile(heard, await readFile(path));
  await expect(rowOf(page, 'checkpoints/heard.pt')).toHaveCount(1);
  await expect(cellOf(page, id, 'metric:sharpe')).toHaveText('70.0000');
  await electron.evaluate(({ app, BrowserWindow }) =>
    app.emit('browser-window-focus', {}, BrowserWindow.getAllWindows()[0]),
  );
  await expect(cellOf(page, id, 'metric:sharpe')).toHaveText('99.0000', { timeout: second });
});

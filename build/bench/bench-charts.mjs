import { typeSlowly } from './bench-query.mjs';
import { median } from './time-command.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

const query = 'reward > 0.4 and (sharpe >= 1.5 or tag:candidate)';

/**
 * The charts of 100,000 versions: a query typed above them, an axis brushed, and all of it drawn.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<Figure[]>}
 */
export async function benchCharts(page) {
  const opened = performance.now();
  await page.getByRole('tab', { name: 'Charts' }).click();
  await page.locator('[data-lines]').waitFor();
  await page.evaluate(waitForFrames);
  const full = performance.now() - opened;
  for (const end of await page.getByRole('button', { name: 'Higher is better' }).all()) await end.click();
  const keys = await page.evaluate(typeSlowly, query);
  const moves = await page.evaluate(brushSlowly, 60);
  await page.getByRole('tab', { name: 'Versions' }).click();
  return [
    figure('… charts of it opened → all three drawn', [full], 1000),
    figure(`… query keystroke → charts and count painted, ${keys.length} of them`, keys, 100),
    figure(`… brush moved → scatter, timeline and lines painted, ${moves.length} moves`, moves, 100),
  ];
}

/** @param {string} what @param {number[]} times in ms @param {number} bar @returns {Figure} */
function figure(what, times, bar) {
  const sorted = times.toSorted((a, b) => a - b);
  const late = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? Number.NaN;
  const value =
    times.length === 1
      ? `${Math.round(late)} ms`
      : `median ${Math.round(median(times))} ms, 95th of 100 ${Math.round(late)} ms`;
  return { what, value, bar: `< ${bar} ms`, met: late < bar };
}

/** In the page: until two frames later. */
function waitForFrames() {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

/** In the page: an end of a range dragged along the first axis, each move until the frame after it, in ms. @param {number} moves */
async function brushSlowly(moves) {
  const chart = document.querySelector('.plot[data-tool="brush"]');
  if (!chart) throw new Error('there are no parallel coordinates');
  const { left, top, height } = chart.getBoundingClientRect();
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  /** @param {string} type @param {number} share */
  const send = (type, share) =>
    chart.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        pointerId: 1,
        clientX: left + 52,
        clientY: top + share * height,
      }),
    );
  Object.assign(chart, { setPointerCapture: () => undefined });
  send('pointerdown', 0.2);
  const times = [];
  for (let move = 1; move <= moves; move += 1) {
    const started = performance.now();
    send('pointermove', 0.2 + (0.6 * move) / moves);
    await painted();
    times.push(performance.now() - started);
  }
  send('pointermove', 0.2);
  send('pointerup', 0.2);
  await painted();
  return times;
}

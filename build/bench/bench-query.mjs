/** @typedef {import('./bench.mjs').Figure} Figure */

const queries = [
  'reward > 0.4 and (sharpe >= 1.5 or tag:candidate) and integrity = unverified',
  'time > 2025-01-01 and not is:problem',
  'model_v0099 best',
];

/**
 * Types queries into the box above a table of 100,000 versions, a character at a time.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<Figure>}
 */
export async function benchQuery(page) {
  /** @type {number[]} */
  const times = [];
  for (const query of queries) times.push(...(await page.evaluate(typeSlowly, query)));
  const sorted = times.toSorted((a, b) => a - b);
  const [median, late] = [0.5, 0.95].map((share) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
  return {
    what: `… query keystroke → painted, ${times.length} of them`,
    value: `median ${Math.round(median ?? 0)} ms, 95th of 100 ${Math.round(late ?? 0)} ms`,
    bar: '< 100 ms',
    met: (late ?? Number.POSITIVE_INFINITY) < 100,
  };
}

/** In the page: each key until two frames later, in ms. @param {string} query */
export async function typeSlowly(query) {
  const input = document.querySelector('.query-box input');
  if (!(input instanceof HTMLInputElement)) throw new Error('there is no box for queries');
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {};
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  input.focus();
  const times = [];
  for (let length = 1; length <= query.length; length += 1) {
    const started = performance.now();
    set?.call(input, query.slice(0, length));
    input.setSelectionRange(length, length);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await painted();
    times.push(performance.now() - started);
  }
  set?.call(input, '');
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await painted();
  return times;
}

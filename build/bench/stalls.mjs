/** @typedef {{ longest: number, isOver: boolean }} Stalls */

/** Begins to look for the longest time in which the main process does nothing else. @param {import('@playwright/test').ElectronApplication} electron */
export async function watchMain(electron) {
  await electron.evaluate(() => {
    let last = performance.now();
    const state = { longest: 0, isOver: false };
    const timer = setInterval(() => {
      if (state.isOver) return clearInterval(timer);
      const now = performance.now();
      state.longest = Math.max(state.longest, now - last - 5);
      last = now;
    }, 5);
    Object.assign(globalThis, { stalls: state });
  });
}

/** The longest since it was asked last, in ms. @param {import('@playwright/test').ElectronApplication} electron */
export function longestOfMain(electron) {
  return electron.evaluate(takeLongest);
}

/** The same of a page: a frame that comes late. @param {import('@playwright/test').Page} page */
export async function watchPage(page) {
  await page.evaluate(() => {
    let last = performance.now();
    const state = { longest: 0, isOver: false };
    const look = () => {
      const now = performance.now();
      state.longest = Math.max(state.longest, now - last - 17);
      last = now;
      if (!state.isOver) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    Object.assign(globalThis, { stalls: state });
  });
}

/** @param {import('@playwright/test').Page} page */
export function longestOfPage(page) {
  return page.evaluate(takeLongest);
}

/** Ends it in both: what is timed next is left alone. @param {import('@playwright/test').ElectronApplication} electron @param {import('@playwright/test').Page} page */
export async function stopWatching(electron, page) {
  await Promise.all([electron.evaluate(endWatch), page.evaluate(endWatch)]);
}

function endWatch() {
  const { stalls } = /** @type {{ stalls: Stalls }} */ (/** @type {unknown} */ (globalThis));
  stalls.isOver = true;
}

function takeLongest() {
  const { stalls } = /** @type {{ stalls: Stalls }} */ (/** @type {unknown} */ (globalThis));
  const { longest } = stalls;
  stalls.longest = 0;
  return longest;
}

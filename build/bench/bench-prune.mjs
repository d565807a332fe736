/** @typedef {import('./bench.mjs').Figure} Figure */

/**
 * Moves the slider of "Keep best" in the plan of a prune of 100,000 versions.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<Figure>}
 */
export async function benchPrune(page) {
  await page.getByRole('button', { name: 'Prune…' }).click();
  // Else every checkpoint stays, and each is read first.
  await page.getByLabel('Checkpoints as well as best models').check();
  await page
    .getByRole('button', { name: /^Move .+ to trash$/, disabled: false })
    .waitFor({ timeout: 60_000 });
  const times = await page.evaluate(moveSlider);
  await page.keyboard.press('Escape');
  const slowest = Math.max(...times);
  return {
    what: `… prune slider moved → the plan of 100,000 painted, slowest of ${times.length}`,
    value: `${Math.round(slowest)} ms`,
    bar: '< 200 ms',
    met: slowest < 200,
  };
}

/** In the page: each move until the plan for it is on the screen, in ms. */
async function moveSlider() {
  const slider = document.querySelector('.rule input[type="range"]');
  if (!(slider instanceof HTMLInputElement)) throw new Error('there is no slider');
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {};
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const sentence = () => document.querySelector('.dialog-body .dialog-summary')?.textContent ?? '';
  const times = [];
  for (const place of [60, 80, 100, 150, 200, 300]) {
    const before = sentence().replace(/ Reading.*/, '');
    const started = performance.now();
    set?.call(slider, String(place));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    while (
      sentence().startsWith(before) ||
      document.querySelector('.plan .record-table')?.hasAttribute('data-stale')
    )
      await frame();
    await frame();
    times.push(performance.now() - started);
  }
  return times;
}

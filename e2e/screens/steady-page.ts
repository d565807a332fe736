import { expect, type Page } from '@playwright/test';

/** What differs from one run of the tests to the next, and what stands in its place. */
const unsteady: readonly (readonly [pattern: string, steady: string])[] = [
  [String.raw`\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+Z)?`, '2026-01-01 12:00:00'],
  [String.raw`\d{8}T\d{6}-[0-9a-f]{6}`, '20260101T120000-abcdef'],
  [String.raw`just now|yesterday|(?:\d+|last) \w+ ago`, 'just now'],
  [String.raw`\S+@\S+, process \d+`, 'someone@here, process 1'],
  [String.raw`\b\d+\.\d+\.\d+\b`, '0.0.0'],
  // Files fill whole blocks, which are not the same on every disk.
  [String.raw`(?:at most )?[\d.]+ [kM]?B once`, '300 kB once'],
  [String.raw`^(?:under )?\d+(?:\.\d+)? s$`, '1 s'],
];

/** What is judged anew says so until it is. */
export function judged(page: Page): Promise<void> {
  return expect(page.locator('[data-old]')).toHaveCount(0);
}

/** Puts texts that tell the time, the place or the build in steady words, where they stand and without reloading. */
export async function steadyTexts(page: Page, folder: string): Promise<void> {
  const place = folder.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  await page.evaluate(rewriteTexts, [[place, '/runs/sample-run'], ...unsteady] as [string, string][]);
}

/** In the page. */
function rewriteTexts(pairs: [pattern: string, steady: string][]): void {
  const rules = pairs.map(([pattern, words]) => [new RegExp(pattern, 'g'), words] as const);
  const steady = (text: string) => rules.reduce((words, [pattern, by]) => words.replace(pattern, by), text);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  // What stays as it is is not touched: it would be drawn again.
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = steady(node.textContent ?? '');
    if (words !== node.textContent) node.textContent = words;
  }
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'input:not([type="range"]), textarea',
  );
  for (const field of fields) if (steady(field.value) !== field.value) field.value = steady(field.value);
}

/**
 * What the look of everything depends on: the version of Chromium, and how wide words are in the fonts of the page. The same fonts
 * give the same widths, to the hundredth of a pixel.
 */
export function tellDrawing(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    const context = document.createElement('canvas').getContext('2d');
    const families = ['--mantine-font-family', '--mantine-font-family-monospace'];
    const fonts = families.flatMap((family) => [`13px ${family}`, `650 16px ${family}`]);
    const measure = (font: string) => {
      if (!context) throw new Error('there is no canvas');
      context.font = font.replace(/--\S+/, (family) => style.getPropertyValue(family));
      return context.measureText('Sphinx of black quartz, judge my vow 0123456789').width;
    };
    const chromium = Number(/Chrome\/(\d+)/.exec(navigator.userAgent)?.[1]);
    return {
      chromium,
      ...Object.fromEntries(fonts.map((font) => [font, Math.round(measure(font) * 100) / 100])),
    };
  });
}

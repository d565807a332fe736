import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { shareCairn } from '../driver/launch-cairn.ts';
import { expectVersionCount, rowsOf, selectVersion } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { sampleCast, scenes } from '../screens/scenes.ts';

/** Without a mouse, with large letters, without motion, from right to left. */

const rightToLeft = 'מודל (טוב) 12.pt';
const cairn = shareCairn(async () => {
  const run = await copySampleRun();
  await copyFile(join(run, sampleCast.one), join(run, 'checkpoints', rightToLeft));
  return { runs: [run] };
});

test.beforeEach(async () => {
  const { page } = cairn();
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.reload();
  await expectVersionCount(page, 27);
});

/** In the page: every control that can be used now and that Tab should come to, by what it says. */
function controls(): string[] {
  const all = document.querySelectorAll<HTMLElement>(
    'button, input, select, textarea, a[href], summary, [tabindex]',
  );
  return [...all]
    .filter((element) => element.tabIndex >= 0 && element.checkVisibility() && !element.matches(':disabled'))
    .map((element) => {
      element.dataset['control'] ??= `${Math.random()}`;
      return element.dataset['control'];
    });
}

/** What is focused now, as above, and what it says. */
function focused(): { control: string; says: string } {
  const element = document.activeElement as HTMLElement | null;
  return {
    control: element?.dataset['control'] ?? '',
    says: element?.getAttribute('aria-label') ?? element?.textContent?.slice(0, 40) ?? '',
  };
}

/** Presses Tab until everything that is there by then was focused once; gives what never was. */
async function walk(page: Page): Promise<string[]> {
  const seen = new Set<string>();
  const missed = async () => (await page.evaluate(controls)).filter((control) => !seen.has(control));
  expect((await missed()).length).toBeGreaterThan(15);
  for (let press = 0; press < 150 && (await missed()).length > 0; press += 1) {
    await page.keyboard.press('Tab');
    seen.add((await page.evaluate(focused)).control);
  }
  return page.evaluate(
    (all) =>
      all.map(
        (control) => document.querySelector(`[data-control="${control}"]`)?.outerHTML.slice(0, 120) ?? '',
      ),
    await missed(),
  );
}

for (const name of ['run', 'version', 'side-by-side', 'query']) {
  test(`Tab comes to every control on ${name}`, async () => {
    const { page } = cairn();
    await scenes.find((scene) => scene.name === name)?.arrange(page, sampleCast);
    expect(await walk(page)).toEqual([]);
  });
}

test('where a person wants no motion nothing moves', async () => {
  const { page } = cairn();
  const moving = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
          const lasts = (durations: string) =>
            durations.split(',').some((each) => Number.parseFloat(each) > 0.01);
          return (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const name of ['run', 'version-contents', 'settings', 'palette', 'version-menu', 'marks-editor']) {
    await page.reload();
    await rowsOf(page).first().waitFor();
    await scenes.find((scene) => scene.name === name)?.arrange(page, sampleCast);
    expect([name, await moving()]).toEqual([name, []]);
  }
});

/** In the page: controls that a person cannot bring into view, or that others lie upon. */
function lostControls(): string[] {
  const all = document.querySelectorAll<HTMLElement>(
    'button, input, select, textarea, [role="tab"], [role="grid"]',
  );
  const usable = [...all].filter((element) => element.tabIndex >= 0 && element.checkVisibility());
  const isLost = (element: HTMLElement) => {
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    const above = (from: Element | null): Element[] => (from ? [from, ...above(from.parentElement)] : []);
    // A script can scroll these, nobody else can.
    const forced = above(element).some(
      (one) =>
        // What is set for the body counts for the whole page.
        getComputedStyle(one === document.documentElement ? document.body : one).overflowX === 'hidden' &&
        one.scrollLeft + one.scrollTop > 0,
    );
    return !(
      !forced &&
      hit &&
      (element.contains(hit) || hit.contains(element) || hit.closest('label') === element.closest('label'))
    );
  };
  return usable
    .filter(isLost)
    .map((element) => (element.ariaLabel ?? element.textContent) || element.outerHTML.slice(0, 100));
}

test('with letters twice as large no control is lost', async () => {
  const { page, electron } = cairn();
  const zoom = (factor: number) =>
    electron.evaluate(({ BrowserWindow }, level) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(1440, 900);
      window?.webContents.setZoomFactor(level);
    }, factor);
  try {
    await zoom(2);
    await page.waitForFunction(() => window.innerWidth <= 720);
    expect(await page.evaluate(lostControls)).toEqual([]);
    await selectVersion(page, sampleCast.one);
    expect(await page.evaluate(lostControls)).toEqual([]);
  } finally {
    await zoom(1);
  }
});

test('a name from right to left stands by itself and turns nothing round', async () => {
  const { page } = cairn();
  await selectVersion(page, `checkpoints/${rightToLeft}`);
  const shown = () =>
    page.evaluate((name) => {
      const holding = document.evaluate(`//text()[contains(., '${name}')]/..`, document.body, null, 7);
      const parents = Array.from(
        { length: holding.snapshotLength },
        (_, at) => holding.snapshotItem(at) as Element,
      );
      return parents
        .filter((parent) => parent.checkVisibility())
        .map((parent) =>
          /isolate|plaintext/.test(getComputedStyle(parent).unicodeBidi)
            ? 'alone'
            : parent.outerHTML.slice(0, 150),
        );
    }, rightToLeft);
  await expect.poll(async () => (await shown()).length).toBeGreaterThan(1);
  expect((await shown()).filter((where) => where !== 'alone')).toEqual([]);
});

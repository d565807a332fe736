import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchCairn } from '../driver/launch-cairn.ts';
import { outsideWindow } from '../driver/outside-window.ts';
import { showIn } from '../driver/show-in.ts';
import { answerWords } from '../driver/written-run.ts';
import { runsFor, sampleCast, scenes } from './scenes.ts';
import { judged } from './steady-page.ts';

const folder = 'screens';

/** Each scene is taken in all of these: pixels of the screen to one of the page, and the system's colours. */
const looks = [
  { scale: 1, colorScheme: 'light' },
  { scale: 2, colorScheme: 'dark' },
] as const;
const sizes = [
  { name: '', width: 1440, height: 900 },
  { name: '-narrow', width: 1024, height: 700 },
  { name: '-wide', width: 1920, height: 1080 },
] as const;

/** What a screen of 3840 by 2160 pixels shows where nothing is enlarged. */
const fourK = { name: '-4k', width: 3840, height: 2160 };
/** Scenes of which pictures are taken at that size too: what fills the window. */
const alsoFourK = new Set([
  'run',
  'version',
  'charts',
  'side-by-side',
  'workspace',
  'checkpoint',
  'large-charts',
]);

for (const scene of scenes) {
  for (const { scale, colorScheme } of looks) {
    test(`${scene.name} ${colorScheme} ${scale}x`, async () => {
      await mkdir(folder, { recursive: true });
      const cairn = await launchCairn({ runs: await runsFor(scene.run), scale });
      try {
        const { page, electron } = cairn;
        await showIn(page, colorScheme);
        await answerWords(cairn, 'Run');
        await page.mouse.move(0, 0);
        await scene.arrange(page, sampleCast);
        await judged(page);
        const wanted = scale === 1 && alsoFourK.has(scene.name) ? [...sizes, fourK] : sizes;
        for (const { name, width, height } of wanted) {
          await electron.evaluate(
            ({ BrowserWindow }, size) =>
              BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
            { width, height },
          );
          await page.waitForFunction((wanted) => window.innerWidth === wanted, width);
          const file = `${scene.name}${name}-${colorScheme}-${scale}x.png`;
          await page.screenshot({ path: join(folder, file), scale: 'device', animations: 'disabled' });
          expect(await outsideWindow(page), `cut off in ${file}`).toEqual([]);
        }
      } finally {
        await cairn.close();
      }
    });
  }
}

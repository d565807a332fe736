import { expect, type Page, test } from '@playwright/test';
import { findViolations } from '../driver/accessible.ts';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { showIn } from '../driver/show-in.ts';
import { rowsOf } from '../driver/versions-table.ts';
import { answerWords } from '../driver/written-run.ts';
import type { Scene } from '../screens/scene.ts';
import { runsFor, sampleCast, scenes } from '../screens/scenes.ts';

/** The scenes that are about the rows of a table; behind the others lie the same ones. */
const ofTables = new Set(['run', 'verified', 'workspace']);

/** What can lie over the window. What is then behind it is looked at in other scenes. */
const overIt = ['dialog', 'menu'].map((role) => `[role="${role}"]`).join(', ');

/** What axe finds on the screen in one of its looks. The dark one differs from the light one in its colours. */
async function findingsOn(page: Page, scene: Scene, colorScheme: 'dark' | 'light'): Promise<string[]> {
  await showIn(page, colorScheme);
  const isOver = (await page.locator(overIt).filter({ visible: true }).count()) > 0;
  return findViolations(page, {
    ...(isOver ? { part: overIt } : {}),
    ...(colorScheme === 'dark' ? { rules: ['color-contrast'] } : {}),
    seriousOnly: true,
    fewRows: !ofTables.has(scene.name),
  });
}

/** The window as it is after a load, with nothing remembered. */
async function begin({ page }: Cairn, { run }: Scene): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.reload();
  if (run === 'sample' || run === 'damaged' || run === 'two') await rowsOf(page).first().waitFor();
  else await page.locator('main').first().waitFor();
}

for (const run of ['none', 'empty', 'sample', 'damaged', 'two', 'file', 'workspace', 'no-runs'] as const) {
  test.describe(`with the run "${run}"`, () => {
    let cairn: Cairn;
    test.beforeAll(async () => {
      cairn = await launchCairn({ runs: await runsFor(run) });
      await answerWords(cairn, 'Run');
    });
    test.afterAll(() => cairn.close());

    for (const scene of scenes.filter((one) => one.run === run)) {
      test(`axe finds nothing serious on ${scene.name}, light and dark`, async () => {
        await begin(cairn, scene);
        await scene.arrange(cairn.page, sampleCast);
        for (const look of ['light', 'dark'] as const)
          expect([look, await findingsOn(cairn.page, scene, look)]).toEqual([look, []]);
      });
    }
  });
}

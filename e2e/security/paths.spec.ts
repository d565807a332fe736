import { expect, test } from '@playwright/test';
import { launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { copySampleRun, makeGenerations } from '../fixtures/copy-runs.ts';
import { type BridgePage, openRuns } from './ask-bridge.ts';
import { namesUnchecked } from './weakenings.ts';

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

/** In the page: tries to hand a path in where only a dropped file may be. */
async function passPaths(path: string): Promise<string[]> {
  const { cairn: bridge } = window as unknown as BridgePage;
  const tries = [
    () => bridge.request('openDropped', { path }),
    () => bridge.openDropped({ path }),
    () => bridge.openDropped(path),
    () => bridge.openDropped(new File(['x'], path)),
    () => bridge.openDropped(Object.assign(new File(['x'], 'x'), { path })),
    () => bridge.openDropped(Object.create(File.prototype, { path: { value: path } })),
  ];
  const outcomes: string[] = [];
  for (const attempt of tries) {
    try {
      outcomes.push((await attempt()).ok ? 'opened' : 'refused');
    } catch {
      outcomes.push('refused');
    }
  }
  return outcomes;
}

test('12: a page cannot open a path: only a dropped file, whose path it never sees', async () => {
  const { page } = cairn();
  const { typed } = await makeGenerations();
  expect(await page.evaluate(passPaths, typed)).toEqual(Array(6).fill('refused'));
  expect((await openRuns(page)).map(({ folder }) => folder)).toEqual([run]);
});

test('control: a preload that lets every name through lets the page open a path', async () => {
  const app = await launchCairn({ app: await weakenApp(...namesUnchecked) });
  const { typed } = await makeGenerations();
  expect(await app.page.evaluate(passPaths, typed)).toContain('opened');
  await app.close();
});

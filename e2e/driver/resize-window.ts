import { expect } from '@playwright/test';
import type { Cairn } from './launch-cairn.ts';

/** Makes the inside of the window so large, in CSS pixels, and waits until its page is. */
export async function resizeWindow({ electron, page }: Cairn, width: number, height: number): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  );
  await expect
    .poll(() => page.evaluate(() => [window.innerWidth, window.innerHeight]))
    .toEqual([width, height]);
}

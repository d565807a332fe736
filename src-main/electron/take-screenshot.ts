import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';

const patience = 15_000;
/** The page shows a run with its versions, or the welcome screen; null while it is still loading. */
const isReady = 'document.querySelector("[data-version-id], main h1") !== null';

/** A picture of the window once it shows what was asked of it, as a PNG file. */
export async function takeScreenshot(window: BrowserWindow, file: string): Promise<void> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline && !(await window.webContents.executeJavaScript(isReady))) await sleep(100);
  await sleep(500);
  const image = await window.webContents.capturePage();
  await writeFile(file, image.toPNG());
  console.log(`wrote ${file}`);
}

import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';

const patience = 15_000;
/** Set by the page once it has painted what was asked of it. */
const isReady = 'document.documentElement.dataset.ready === "true"';

/** A picture of the window once it shows what was asked of it, as a PNG file. */
export async function takeScreenshot(window: BrowserWindow, file: string): Promise<void> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline && !(await window.webContents.executeJavaScript(isReady))) await sleep(100);
  await sleep(500);
  const image = await window.webContents.capturePage();
  await writeFile(file, image.toPNG());
  console.log(`wrote ${file}`);
}

import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';
import { escapeName } from '../core/catalog/escape-name.ts';
import { ModelManagerError } from '../core/errors.ts';
import { explainError } from '../core/files/error-code.ts';

/** In milliseconds. */
const patience = 30_000;
const settling = 500;
/** The page shows versions, or all runs of a folder, or why it shows none, or a checkpoint, or the welcome screen. */
const isReady = `document.querySelector(
  '[data-version-id], .notice h2, .workspace:not([data-searching]), .checkpoint-view, .welcome'
) !== null`;
/** What is in the page is on the screen two frames later; a window that nobody can see draws none. */
const isDrawn =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => true)';

/**
 * A picture of the window once it shows what was asked of it, as a PNG file.
 * @throws ModelManagerError when it shows nothing in time, or the file cannot be written
 */
export async function takeScreenshot(window: BrowserWindow, file: string): Promise<void> {
  const { webContents } = window;
  const inPage = (own: string) => webContents.executeJavaScript(own);
  const deadline = Date.now() + patience;
  while (!(await inPage(isReady))) {
    if (Date.now() > deadline) {
      const why = `the window showed no version within ${patience / 1000} s`;
      throw new ModelManagerError(`cannot take a picture — ${why} — open the run in the window to see why`);
    }
    await sleep(100);
  }
  await Promise.race([inPage(isDrawn), sleep(patience, null, { ref: false })]);
  await sleep(settling);
  const image = await webContents.capturePage();
  await write(file, image.toPNG());
  console.log(`wrote ${file}`);
}

async function write(file: string, png: Buffer): Promise<void> {
  try {
    await writeFile(file, png);
  } catch (cause) {
    const message = `cannot write ${escapeName(file)} — ${explainError(cause)} — name a file in a folder that is there and yours`;
    throw new ModelManagerError(message, { path: file, cause });
  }
}

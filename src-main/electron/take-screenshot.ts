import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';
import { escapeName } from '../core/catalog/escape-name.ts';
import { ModelManagerError } from '../core/errors.ts';
import { explainError } from '../core/files/error-code.ts';

/** In milliseconds. */
const usualPatience = 30_000;
const settling = 500;
const lookEvery = 100;
/** The page shows versions, or all runs of a folder, or why it shows none, or a checkpoint, or the welcome screen. */
const isShown = `document.querySelector(
  '[data-version-id], .notice h2, .workspace:not([data-searching]), .checkpoint-view, .welcome'
) !== null`;
/** Nothing of it is waited for: a judgement of the best, the contents of a file. */
const isWhole = `document.querySelector('[data-old], .contents-wait') === null`;
/** What is in the page is on the screen two frames later; a window that nobody can see draws none. */
const isDrawn =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => true)';

/**
 * A picture of the window once it shows what was asked of it, read and judged, as a PNG file. What takes longer than it has patience for is
 * shown as it is by then, and that is said.
 * @param isSettled whether what is open is read, and the page was told
 * @throws ModelManagerError when it shows nothing in time, or the file cannot be written
 */
export async function takeScreenshot(
  window: BrowserWindow,
  file: string,
  isSettled: () => boolean,
  patience = usualPatience,
): Promise<void> {
  const { webContents } = window;
  const inPage = (own: string) => webContents.executeJavaScript(own);
  const deadline = Date.now() + patience;
  if (!(await isSoon(() => inPage(isShown), deadline, 0))) {
    const why = `the window showed no version within ${patience / 1000} s`;
    throw new ModelManagerError(`cannot take a picture — ${why} — open the run in the window to see why`);
  }
  await Promise.race([inPage(isDrawn), sleep(patience, null, { ref: false })]);
  const isReady = async () => isSettled() && (await inPage(`${isShown} && ${isWhole}`));
  if (!(await isSoon(isReady, deadline, settling)))
    console.error('cairn: the picture is of a window that was still reading — its badges may be others');
  const image = await webContents.capturePage();
  await write(file, image.toPNG());
  console.log(`wrote ${file}`);
}

/** Whether something comes true before the deadline, and stays so for some milliseconds: what is told is drawn a little later. */
async function isSoon(isTrue: () => Promise<boolean>, deadline: number, lasting: number): Promise<boolean> {
  let since: number | null = null;
  for (;;) {
    const isNow = await isTrue();
    if (!isNow) since = null;
    else since ??= Date.now();
    if (since !== null && Date.now() - since >= lasting) return true;
    if (since === null && Date.now() > deadline) return false;
    await sleep(lookEvery);
  }
}

async function write(file: string, png: Buffer): Promise<void> {
  try {
    await writeFile(file, png);
  } catch (cause) {
    const message = `cannot write ${escapeName(file)} — ${explainError(cause)} — name a file in a folder that is there and yours`;
    throw new ModelManagerError(message, { path: file, cause });
  }
}

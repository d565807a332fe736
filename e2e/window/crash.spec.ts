import { copyFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { readJson } from '../driver/run-cli.ts';
import { filesRead, makeHuge } from '../driver/slow-reading.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { cellOf, expectVersionCount } from '../driver/versions-table.ts';
import { contents, isThere } from '../driver/written-run.ts';
import { copySampleRun, makeGenerations } from '../fixtures/copy-runs.ts';

let cairn: Cairn;
test.afterEach(() => cairn.close());

/** The driver takes a page that crashed for lost: from then on the main process looks at it. */
function inPage<T>(code: string): Promise<T> {
  return cairn.electron.evaluate(
    ({ BrowserWindow }, text) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text) as never,
    code,
  );
}

async function crash(): Promise<void> {
  await cairn.electron.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const shown = new Promise((done) => window?.webContents.once('did-finish-load', () => done(null)));
    window?.webContents.forcefullyCrashRenderer();
    await shown;
  });
}

const read = {
  heading: 'document.querySelector("main h1")?.textContent ?? ""',
  page: 'document.querySelector("[role=tab][aria-selected=true]")?.textContent ?? ""',
  sidebar:
    '[...document.querySelectorAll(".run-open:not(.run-recent) .run-name")].map((e) => e.textContent).join()',
  chosen:
    '[...document.querySelectorAll("[role=row][aria-selected=true]")].map((e) => e.dataset.versionId).sort().join()',
};
const ids: [string, string] = [
  'best_models/model_v0011_reward0.4346_20260302_114200.pt',
  'checkpoints/checkpoint.pt',
];

test('45: after its page crashed the window shows the same runs, page and chosen versions', async () => {
  const run = await copySampleRun();
  const { typed } = await makeGenerations();
  const file = join(await tempFolder('lone'), 'views.pt');
  await copyFile(new URL('../fixtures/formats/views.pt', import.meta.url), file);
  cairn = await launchCairn({ runs: [run, typed, file] });
  const { page } = cairn;
  const before = await contents(run);
  await page
    .getByRole('button', { name: /^sample-run/ })
    .first()
    .click();
  await expectVersionCount(page, 26);
  await cellOf(page, ids[0], 'version').click();
  await cellOf(page, ids[1], 'version').click({ modifiers: ['ControlOrMeta'] });
  await crash();
  await expect.poll(() => inPage(read.heading)).toBe('sample-run');
  expect(await inPage(read.sidebar)).toBe('All open runs,sample-run,typed,views.pt');
  await expect.poll(() => inPage(read.chosen)).toBe([...ids].sort().join());
  await inPage('document.querySelector("#run-tab-sideBySide").click()');
  await expect.poll(() => inPage(read.page)).toBe('Side by side');
  await crash();
  await expect.poll(() => inPage(read.page)).toBe('Side by side');
  expect(await inPage(read.heading)).toBe('sample-run');
  expect(await contents(run)).toEqual(before);
});

test('45: a crash while a file is read leaves no work behind', async () => {
  test.skip(process.platform !== 'linux', 'reads /proc');
  const file = join(await tempFolder('huge'), 'huge.pt');
  await makeHuge(file, 64);
  cairn = await launchCairn({ runs: [file] });
  const { page } = cairn;
  await page.getByRole('region', { name: 'Problems of the file' }).waitFor();
  const shown = (await filesRead(cairn)).length;
  const reading = async () => (await filesRead(cairn)).length > shown;
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect.poll(reading).toBe(true);
  await crash();
  await expect.poll(reading).toBe(false);
  await expect.poll(() => inPage(read.heading)).toBe('huge.pt');
});

test('45: a crash while a version goes to the trash leaves it there or in the run, and never half', async () => {
  const run = await copySampleRun();
  cairn = await launchCairn({ runs: [run] });
  const { page } = cairn;
  const [id] = ids;
  await expectVersionCount(page, 26);
  await cellOf(page, id, 'version').click();
  const pressed = page.keyboard.press('Delete').catch(() => undefined);
  await crash();
  await pressed;
  await expect.poll(() => inPage(read.heading)).toBe('sample-run');
  const places = async () => {
    const kept = await readdir(join(run, '.cairn'), { recursive: true }).catch(() => []);
    return [
      await isThere(join(run, id)),
      kept.some((path) => path.startsWith('trash/') && path.endsWith(basename(id))),
    ];
  };
  await expect.poll(async () => (await places()).filter(Boolean)).toHaveLength(1);
  const { versions } = asListing(await readJson(['ls', run]));
  expect(versions.some((version) => version.id === id)).toBe(await isThere(join(run, id)));
});

test('45: when the GPU process stops, the window goes on', async () => {
  cairn = await launchCairn({ runs: [await copySampleRun()] });
  const { page, electron } = cairn;
  await expectVersionCount(page, 26);
  const stopped = await electron.evaluate(({ app }) => {
    const gpu = app.getAppMetrics().find(({ type }) => type === 'GPU');
    if (gpu) process.kill(gpu.pid, 'SIGKILL');
    return gpu !== undefined;
  });
  test.skip(!stopped, 'no GPU process here');
  await cellOf(page, ids[0], 'version').click();
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('model_v0011');
});

test('the sidebar is as wide as one drags it, by keys too, and it is remembered', async () => {
  cairn = await launchCairn({ runs: [await copySampleRun()] });
  const edge = () => cairn.page.getByRole('separator', { name: 'Width of the sidebar' });
  const width = async () =>
    Math.round((await cairn.page.getByRole('navigation', { name: 'Runs' }).boundingBox())?.width ?? 0);
  await expectVersionCount(cairn.page, 26);
  const before = await width();
  const { x = 0, y = 0 } = (await edge().boundingBox()) ?? {};
  await cairn.page.mouse.move(x + 3, y + 200);
  await cairn.page.mouse.down();
  await cairn.page.mouse.move(300, y + 200);
  await cairn.page.mouse.up();
  await expect.poll(width).toBe(300);
  await edge().focus();
  await cairn.page.keyboard.press('ArrowLeft');
  await expect.poll(width).toBe(276);
  await cairn.close();
  cairn = await launchCairn({ userData: cairn.userData, runs: [await copySampleRun()] });
  await expectVersionCount(cairn.page, 26);
  expect(await width()).toBe(276);
  await edge().dblclick();
  await expect.poll(width).toBe(before);
});

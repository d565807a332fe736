import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { readJson } from '../driver/run-cli.ts';
import { expectVersionCount } from '../driver/versions-table.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { contents } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { pageStaysDown } from './weakenings.ts';

/** The driver loses a page that ends: from then on the window is asked through the main process. */
async function lookAt({
  electron,
}: Cairn): Promise<{ rows: string | null; heading: string; status: string }> {
  return electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`({
      rows: document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') ?? null,
      heading: document.querySelector('h1')?.textContent ?? '',
      status: document.querySelector('footer')?.textContent ?? '',
    })`),
  );
}

/** The process that the window's page is in. */
function pageProcess({ electron }: Cairn): Promise<number | undefined> {
  return electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
}

/** The page ends with whatever it was doing, and is there anew. */
async function endPage(app: Cairn, how: 'crash' | 'kill'): Promise<void> {
  const before = (await pageProcess(app)) ?? 0;
  if (how === 'kill') process.kill(before, 'SIGKILL');
  else
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
  await expect.poll(() => pageProcess(app)).not.toBe(before);
}

test('45: a page that crashes, or that the system ends for want of memory, comes back with the run it showed', async () => {
  const app = await launchCairn({ runs: [await copySampleRun()] });
  await expectVersionCount(app.page, 26);
  for (const how of ['crash', 'kill'] as const) {
    await endPage(app, how);
    await expect
      .poll(() => lookAt(app))
      .toEqual({ rows: '27', heading: 'sample-run', status: expect.stringContaining('Watching live') });
  }
  expect(app.log.join('\n')).toMatch(/the window's page stopped: (crashed|killed)/);
  await app.close();
});

test('control: a window that does not show its page anew is found out', async () => {
  const app = await launchCairn({ app: await weakenApp(...pageStaysDown), runs: [await copySampleRun()] });
  await expectVersionCount(app.page, 26);
  await endPage(app, 'kill');
  await expect.poll(() => app.log.join('\n')).toContain("the window's page stopped: killed");
  const isDown = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.isCrashed(),
  );
  expect(isDown).toBe(true);
  await app.close();
});

test('45: a page that runs out of memory comes back with the run it showed, and no run is touched', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  // A page may fill gigabytes before it is over.
  const app = await launchCairn({ runs: [run], flags: ['--js-flags=--max-old-space-size=128'] });
  await expectVersionCount(app.page, 26);
  const page = await pageProcess(app);
  await app.electron.evaluate(({ BrowserWindow }) => {
    const fill = 'const kept = []; for (;;) kept.push(Array.from({ length: 1e5 }, () => kept.length + 0.5))';
    void BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(fill);
  });
  await expect.poll(() => pageProcess(app), { timeout: 40_000 }).not.toBe(page);
  await expect.poll(async () => (await lookAt(app)).rows).toBe('27');
  expect(app.log.join('\n')).toContain('V8 javascript OOM');
  await app.close();
  expect(await contents(run)).toEqual(before);
});

test('45: a prune whose window ends is done wholly or not at all, and nothing is lost', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const app = await launchCairn({ runs: [run] });
  await app.page.getByRole('button', { name: 'Prune…' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Prune' });
  await dialog.getByLabel('Keep best', { exact: true }).fill('3');
  await dialog.getByRole('button', { name: 'Move 13 to trash' }).click({ noWaitAfter: true });
  await endPage(app, 'kill');
  await expect.poll(async () => (await lookAt(app)).heading).toBe('sample-run');
  await app.close();
  expect(await readdir(join(run, '.cairn/intents')).catch(() => [])).toEqual([]);
  const left = await contents(run);
  const kept = await keptInTrash(run);
  const bytesNow = (path: string) => left.get(path) ?? kept.get(path.slice(run.length + 1));
  for (const [path, bytes] of before) expect([path, bytesNow(path) === bytes]).toEqual([path, true]);
  const { versions } = asListing(await readJson(['ls', run]));
  expect([26, 13]).toContain(versions.length);
});

/** What is in the trash, by its path in the run. */
async function keptInTrash(run: string): Promise<Map<string, string>> {
  const trash = join(run, '.cairn/trash');
  const entries = await readdir(trash, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const kept = files.flatMap((path) => {
    const place = /\/files\/(.*)$/.exec(path)?.[1];
    return place === undefined ? [] : [[place, path] as const];
  });
  return new Map(
    await Promise.all(kept.map(async ([place, path]) => [place, await readFile(path, 'latin1')] as const)),
  );
}

test('45: where the graphics process ends, the window goes on', async () => {
  const app = await launchCairn();
  const graphics = await app.electron.evaluate(
    ({ app: electronApp }) => electronApp.getAppMetrics().find(({ type }) => type === 'GPU')?.pid,
  );
  test.skip(graphics === undefined, 'this machine draws without one');
  process.kill(graphics ?? 0, 'SIGKILL');
  await app.page.getByRole('button', { name: 'Open the sample run' }).click();
  await expectVersionCount(app.page, 26);
  await app.close();
});

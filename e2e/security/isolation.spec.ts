import { expect, type Page, test } from '@playwright/test';
import { type Cairn, launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { noContentPolicy, noIsolation } from './weakenings.ts';

const cairn = shareCairn(() => ({}));

const demanded = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  experimentalFeatures: false,
  allowRunningInsecureContent: false,
};

type Preferences = Record<string, unknown>;

/** What Electron itself says of every web contents there is. */
function preferencesOfAll({ electron }: Cairn): Promise<Preferences[]> {
  return electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const known = contents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      return JSON.parse(JSON.stringify(known.getLastWebPreferences()));
    }),
  );
}

async function expectDemanded(app: Cairn): Promise<void> {
  const all = await preferencesOfAll(app);
  expect(all).toHaveLength(1);
  for (const preferences of all) {
    expect(preferences).toMatchObject(demanded);
    expect(preferences['nodeIntegrationInWorker'] ?? false).toBe(false);
    expect(preferences['enableBlinkFeatures'] ?? '').toBe('');
  }
}

const nodeNames = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'setImmediate'];

/** In the page: what kind of thing each name is, wherever a script can look. */
function probe(names: string[]): Promise<Record<string, string[]>> {
  const found = (scope: unknown) =>
    names.filter((name) => (scope as Record<string, unknown>)[name] !== undefined);
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const inFrame = frame.contentWindow ? found(frame.contentWindow) : [];
  frame.remove();
  let inFunction: string[] = [];
  try {
    const typeOf = new Function('name', 'return typeof eval(name)');
    inFunction = names.filter((name) => typeOf(name) !== 'undefined');
  } catch {
    inFunction = [];
  }
  const worker = new Promise<string[]>((done) => {
    const source = `postMessage(${JSON.stringify(names)}.filter((name) => self[name] !== undefined))`;
    setTimeout(() => done([]), 1000);
    try {
      const started = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
      started.onmessage = ({ data }) => done(data);
      started.onerror = () => done([]);
    } catch {
      done([]);
    }
  });
  return worker.then((inWorker) => ({
    page: found(globalThis),
    frame: inFrame,
    function: inFunction,
    worker: inWorker,
  }));
}

test('1: every window has the demanded preferences, at start, after a reload and after a crash', async () => {
  const app = cairn();
  await expectDemanded(app);
  await app.page.reload();
  await expectDemanded(app);
  const state = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return {
        crashed: contents?.isCrashed(),
        loading: contents?.isLoading(),
        process: contents?.getOSProcessId(),
      };
    });
  const before = await state();
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(async () => (await state()).process).not.toBe(before.process);
  await expect.poll(state).toMatchObject({ crashed: false, loading: false });
  await expectDemanded(app);
  expect(app.log.join('\n')).toContain("the window's page stopped");
});

test('2: a page has no require, process, module, Buffer or global, nor its frames, functions and workers', async () => {
  const app = await launchCairn();
  expect(await app.page.evaluate(probe, nodeNames)).toEqual({
    page: [],
    frame: [],
    function: [],
    worker: [],
  });
  await app.close();
});

test('control: on a build without isolation the page has all of Node', async () => {
  const app = await launchCairn({
    app: await weakenApp(...noIsolation, ...noContentPolicy),
    showsScreen: false,
  });
  expect((await preferencesOfAll(app))[0]).toMatchObject({
    contextIsolation: false,
    sandbox: false,
    nodeIntegration: true,
  });
  const found = await probeWhenLoaded(app.page);
  expect(found['page']).toEqual(expect.arrayContaining(['require', 'process', 'Buffer', 'global']));
  expect(found['function']).toEqual(expect.arrayContaining(['require', 'process']));
  await app.close();
});

async function probeWhenLoaded(page: Page): Promise<Record<string, string[]>> {
  await page.waitForLoadState('load');
  return page.evaluate(probe, nodeNames);
}

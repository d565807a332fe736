import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Cairn, launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { builtApp } from '../driver/places.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { ask, type BridgePage, namesInPreload, openRuns } from './ask-bridge.ts';
import {
  backDoor,
  noContentPolicy,
  noNavigationBlock,
  noSchemaCheck,
  noSenderCheck,
  preloadInFrames,
} from './weakenings.ts';

const noRules = { metric: null, keepBest: 0, keepLatest: null, keepEvery: null, kinds: 'all' };
const beside = { versions: [0, 1], baseline: 0, rows: { differencesOnly: true, words: '' } };

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

/** The channels that main answers, whoever registered them. */
function channelsOf({ electron }: Cairn) {
  return electron.evaluate(({ ipcMain }) => {
    const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Map<string, unknown> };
    return { invoked: [...handlers.keys()], listened: ipcMain.eventNames().map(String) };
  });
}

test('7: the channels served are those of the list, no more and no less', async () => {
  const names = await namesInPreload('requestNames');
  const served = await channelsOf(cairn());
  expect(names.length).toBeGreaterThan(10);
  expect(served.invoked.sort()).toEqual(names.map((name) => `cairn:${name}`).sort());
  expect(served.listened.filter((name) => name.startsWith('cairn'))).toEqual([]);
});

/** In the page: opens a frame on our own page and asks through the bridge it has; 'no bridge' when it has none. */
async function askFromFrame(): Promise<string> {
  const frame = document.createElement('iframe');
  frame.src = 'app://cairn/index.html';
  const loaded = new Promise((done) => frame.addEventListener('load', done));
  document.body.append(frame);
  await Promise.race([loaded, new Promise((done) => setTimeout(done, 3000))]);
  try {
    const inside = frame.contentWindow as unknown as Partial<BridgePage> | null;
    if (!inside?.cairn) return 'no bridge';
    const answer = await inside.cairn.request('listRuns', {});
    return answer.ok ? 'answered' : (answer.failure?.code ?? 'failed');
  } catch {
    return 'no access';
  } finally {
    frame.remove();
  }
}

test('8: a frame in the page has no bridge', async () => {
  expect(await cairn().page.evaluate(askFromFrame)).toMatch(/^no (bridge|access)$/);
});

const framesAllowed = [...preloadInFrames, ...noContentPolicy, ...noNavigationBlock];

test('8: even a frame that has the bridge is refused by main, and it is logged', async () => {
  const app = await launchCairn({ app: await weakenApp(...framesAllowed) });
  expect(await app.page.evaluate(askFromFrame)).toBe('Refused');
  await expect
    .poll(() => app.log.join('\n'))
    .toContain('refused listRuns: it does not come from a window of Cairn');
  await app.close();
});

test('control: without the sender check that frame is answered', async () => {
  const app = await launchCairn({
    app: await weakenApp(...framesAllowed, ...noSenderCheck),
  });
  expect(await app.page.evaluate(askFromFrame)).toBe('answered');
  await app.close();
});

/** A window that Cairn did not make, with Cairn's preload, on a page of one's own: what does it get? */
async function askFromForeignWindow(app: Cairn, url: string): Promise<string> {
  return app.electron.evaluate(
    async ({ BrowserWindow }, { page, preload }) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload, contextIsolation: true, sandbox: true },
      });
      await window.loadURL(page).catch(() => undefined);
      const code =
        'window.cairn ? window.cairn.request("listRuns", {}).then((a) => a.ok ? "answered" : a.failure.code) : "no bridge"';
      const answer = await window.webContents.executeJavaScript(code).catch(() => 'no page');
      window.destroy();
      return String(answer);
    },
    { page: url, preload: join(builtApp, 'preload/preload.cjs') },
  );
}

test('9: a window that is not ours is refused, whatever it shows', async () => {
  for (const url of ['app://cairn/index.html', 'about:blank', 'data:text/html,x']) {
    expect([url, await askFromForeignWindow(cairn(), url)]).toEqual([url, 'Refused']);
  }
});

test('control: one more channel is found out, and without the sender check any window is answered', async () => {
  const app = await launchCairn({ app: await weakenApp(...backDoor, ...noSenderCheck) });
  const names = await namesInPreload('requestNames');
  expect((await channelsOf(app)).invoked).toHaveLength(names.length + 1);
  expect(await askFromForeignWindow(app, 'about:blank')).toBe('answered');
  await app.close();
});

test('10: wrong types, missing and extra keys are refused before any handler', async () => {
  const { page, log } = cairn();
  const [{ runId } = { runId: '' }] = await openRuns(page);
  for (const [name, input] of [
    ['listRuns', { extra: 1 }],
    ['listRuns', undefined],
    ['listRuns', null],
    ['listRuns', []],
    ['listVersions', { runId }],
    ['listVersions', { runId, from: '0' }],
    ['listVersions', { runId, from: -1 }],
    ['listVersions', { runId, from: 0.5 }],
    ['showVersion', { runId, version: 'best_models/x.pt' }],
    ['showVersion', { runId, version: Number.NaN }],
    ['verifyRun', { runId, versions: ['../../etc/passwd'] }],
    ['verifyRun', { runId }],
    ['openRecent', { recentId: '/etc/passwd' }],
    ['openRecent', { recentId: '../'.repeat(10) }],
    ['closeRun', { runId: [runId] }],
    ['moveToTrash', { runId, versions: ['../../etc/passwd'] }],
    ['undo', { runId, operation: '../../../etc' }],
    ['restore', { runId, place: null, backup: '../manifests/x', only: null }],
    ['planRestore', { runId, place: null, backup: '', only: null }],
    ['backUp', { runId, versions: null, label: null, place: '/tmp/stolen' }],
    ['prune', { runId, keepBest: 0 }],
    ['planPrune', { runId, metric: null, keepBest: -1, keepLatest: null, keepEvery: null, kinds: 'all' }],
    ['simulatePrune', { ...noRules, runId, metric: { metric: 'reward', mode: 'up' } }],
    ['saveReport', { runIds: [runId], format: '../../x' }],
    ['saveReport', { runIds: [runId], format: 'html', path: '/tmp/stolen' }],
    ['exportVersions', { versions: [0], to: '/tmp/stolen' }],
    ['showTrashed', { runId, operation: '../../../etc' }],
    ['sealRun', { runId, path: '/tmp' }],
    ['emptyTrash', { runId, olderThan: -1 }],
    ['chooseMetric', { runId, metric: ['sharpe'] }],
    ['chooseLayout', { runId, layout: 7 }],
    ['chooseLayout', { runId, layout: '' }],
    ['chooseMetric', { runId, metric: 'sharpe', mode: 'max' }],
    ['setDirection', { runId, metric: 'sharpe', mode: '../max' }],
    ['describeReturns', { runId, returns: { periods: 250 } }],
    ['judgeBest', { runId, version: 0 }],
    ['markVersions', { runId, versions: [0], change: { pinned: 1 } }],
    ['markVersions', { runId, versions: [0], change: { id: '../x', pinned: true } }],
    ['restoreMarks', { runId, undo: '../../marks' }],
    ['copyCells', { versions: ['../../etc/passwd'], columns: [], heads: true }],
    ['copyPlaces', { versions: [0], form: '/etc/passwd' }],
    ['exportList', { versions: [0], columns: [], format: 'csv', target: '/tmp/stolen.csv' }],
    ['dragOut', { versions: ['/etc/passwd'] }],
    ['copySideBySide', { ...beside, text: 'rm -rf' }],
    ['exportSideBySide', { ...beside, versions: ['../../etc/passwd', 1], format: 'md' }],
    ['exportSideBySide', { ...beside, format: '../x' }],
    ['exportSideBySide', { ...beside, format: 'csv', target: '/tmp/stolen.csv' }],
    ['openCheckpoint', { checkpointId: '/etc/passwd' }],
    ['compareCheckpoint', { checkpointId: runId, other: '/etc/passwd' }],
    ['chooseCheckpoint', { path: '/etc/passwd' }],
    ['findRecent', { recentId: runId, folder: '/etc' }],
    ['openWorkspaceRuns', { workspaceId: runId, runs: ['../../etc'] }],
    ['openWorkspaceRuns', { workspaceId: runId, runs: [] }],
    ['readRunSettings', { workspaceId: runId, runs: ['../../etc'] }],
    ['planPruneRuns', { workspaceId: runId, runs: ['../../etc'], rules: noRules, read: true }],
    ['planPruneRuns', { workspaceId: runId, runs: [0], rules: { ...noRules, kinds: 'none' }, read: true }],
    ['listPlannedVersions', { workspaceId: runId, run: '/etc' }],
    ['pruneRuns', { workspaceId: runId, plans: [{ run: 0, plan: 'any' }], rules: noRules }],
    ['undoInRun', { workspaceId: runId, run: 0, operation: '../../etc' }],
    ['endPruneRuns', { workspaceId: '/etc' }],
    ['starRecent', { recentId: runId, starred: 'yes' }],
    ['clearRecents', { folder: '/etc' }],
    ['listTrash', {}],
    ['listBackups', { runId: '..' }],
  ] as const) {
    const answer = await ask(page, name, input);
    expect([name, input, answer.ok, answer.failure?.code]).toEqual([name, input, false, 'Refused']);
  }
  expect(log.join('\n')).toContain('refused showVersion: it is not what the contract says');
  expect(await openRuns(page)).toHaveLength(1);
});

test('control: without the schemas a wrong input gets as far as the handler', async () => {
  const app = await launchCairn({ app: await weakenApp(...noSchemaCheck), runs: [run] });
  expect(await ask(app.page, 'listRuns', { extra: 1 })).toMatchObject({ ok: true });
  await app.close();
});

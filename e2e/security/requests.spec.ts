import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Cairn, launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { builtApp } from '../driver/places.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { copySampleRun, makeGenerations } from '../fixtures/copy-runs.ts';
import { ask, type BridgePage, namesInPreload, openRuns } from './ask-bridge.ts';
import {
  anyHandle,
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

/** What names nothing that is open, or does nothing where there is nothing of that name. */
const idless = new Set<string>([
  'getEnvironment',
  'getSettings',
  'changeSettings',
  'changeLimits',
  'chooseDefaultPlace',
  'forgetDefaultPlace',
  'openNewWindow',
  'readLicences',
  'saveDiagnostics',
  'chooseRun',
  'openDropped',
  'openSampleRun',
  'listRecents',
  'starRecent',
  'forgetRecent',
  'clearRecents',
  'chooseCheckpoint',
  'listRuns',
  'cancelTask',
  'listLayouts',
  'chooseBackupPlace',
  'closeContents',
]);

test('11: ids that were invented, guessed or have expired are refused', async () => {
  const { page } = cairn();
  const [{ runId } = { runId: '' }] = await openRuns(page);
  const invented = '0123456789abcdef0123456789abcdef';
  const change = { pinned: true, addTags: [], removeTags: [], notes: null };
  const guessed = runId.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const returns = { periods: 250, annualised_by: 252, skewness: -1, kurtosis: 5, trials: 20 };
  const benchmark = {
    ...{ command: 'true {model}', words: ['true', '{model}'], seeds: [1], episodes: null },
    ...{ jobs: 1, timeout: 60, retries: 0, again: false },
  };
  const evaluator = { command: 'eval {model}', seed: 7, seedCount: 2, episodes: 20 };
  const tried = new Set<string>();
  for (const [name, input] of [
    ['listVersions', { runId: invented, from: 0 }],
    ['listVersions', { runId: guessed, from: 0 }],
    ['showVersion', { runId, version: 999_999 }],
    ['copyChecksum', { runId, version: 999_999 }],
    ['revealVersion', { runId, version: 999_999 }],
    ['verifyRun', { runId: invented, versions: null }],
    ['verifyRun', { runId, versions: [999_999] }],
    ['closeRun', { runId: guessed }],
    ['openRecent', { recentId: invented }],
    ['findRecent', { recentId: invented }],
    ['searchBelowRun', { runId: guessed }],
    ['openAsRun', { workspaceId: runId }],
    ['listWorkspaceRuns', { workspaceId: invented, from: 0 }],
    ['searchWorkspace', { workspaceId: invented }],
    ['stopSearch', { workspaceId: runId }],
    ['closeWorkspace', { workspaceId: invented }],
    ['openWorkspaceRuns', { workspaceId: invented, runs: [0] }],
    ['revealWorkspaceRun', { workspaceId: invented, run: 0 }],
    ['copyWorkspaceRuns', { workspaceId: guessed, runs: [0] }],
    ['readRunSettings', { workspaceId: invented, runs: [0] }],
    ['planPruneRuns', { workspaceId: invented, runs: [0], rules: noRules, read: false }],
    ['listPlannedVersions', { workspaceId: guessed, run: 0 }],
    ['pruneRuns', { workspaceId: runId, plans: [{ run: 0, plan: '0'.repeat(64) }], rules: noRules }],
    ['undoInRun', { workspaceId: invented, run: 0, operation: '20260302T094200-a1b2c3' }],
    ['endPruneRuns', { workspaceId: guessed }],
    ['openCheckpoint', { checkpointId: invented }],
    ['openCheckpoint', { checkpointId: runId }],
    ['verifyCheckpoint', { checkpointId: guessed }],
    ['copyCheckpointChecksum', { checkpointId: runId }],
    ['revealCheckpoint', { checkpointId: invented }],
    ['compareCheckpoint', { checkpointId: invented }],
    ['closeCheckpoint', { checkpointId: runId }],
    ['listTrash', { runId: guessed }],
    ['emptyTrash', { runId: invented, operations: [] }],
    ['listBackups', { runId: invented, place: null }],
    ['listBackups', { runId, place: invented }],
    ['undo', { runId: guessed, operation: '20260302T094200-a1b2c3' }],
    ['planRestore', { runId: invented, place: null, backup: 'a', only: null }],
    ['findBackupOf', { runId: invented, version: 0 }],
    ['defaultBackupPlace', { runId: invented }],
    ['restore', { runId: invented, place: null, backup: 'a', only: null }],
    ['planPrune', { ...noRules, runId: invented }],
    ['simulatePrune', { ...noRules, runId: guessed }],
    ['prune', { ...noRules, runId: guessed, plan: '0'.repeat(64) }],
    ['showTrashed', { runId: invented, operation: 'a' }],
    ['showTrashedVersion', { runId: guessed, operation: 'a', version: 0 }],
    ['planEmptying', { runId: invented, operations: [] }],
    ['listLog', { runId: guessed }],
    ['sealRun', { runId: invented }],
    ['exportVersions', { versions: [999_999] }],
    ['saveReport', { runIds: [runId, invented], format: 'json' }],
    ['compareRestored', { runId: guessed, place: null, backup: 'a', only: null, version: 0 }],
    ['moveToTrash', { runId, versions: [999_999] }],
    ['chooseMetric', { runId: invented, metric: 'sharpe' }],
    ['chooseLayout', { runId: invented, layout: 'keras' }],
    ['setDirection', { runId: guessed, metric: 'sharpe', mode: 'min' }],
    ['judgeBest', { runId: guessed }],
    ['markVersions', { runId, versions: [0, 999_999], change }],
    ['restoreMarks', { runId, undo: invented }],
    ['copyCells', { versions: [999_999], columns: ['version'], heads: true }],
    ['copyPlaces', { versions: [999_999], form: 'plain' }],
    ['exportList', { versions: [2 ** 40], columns: [], format: 'json' }],
    ['dragOut', { versions: [999_999] }],
    ['copySideBySide', { ...beside, versions: [0, 999_999] }],
    ['exportSideBySide', { ...beside, versions: [2 ** 40, 1], format: 'csv' }],
    ['openContents', { runId, version: 999_999 }],
    ['measureTensors', { contentsId: invented, tensors: null }],
    ['countBins', { contentsId: invented, tensor: 0, scale: 'linear' }],
    ['peekTensor', { contentsId: guessed, tensor: 0, ranges: [] }],
    ['exportTensor', { contentsId: invented, tensor: 0, format: 'npy' }],
    ['exportContents', { contentsId: invented }],
    ['saveChart', { runId: invented, chart: 'scatter', kind: 'svg', drawn: '<svg />' }],
    ['compareVersions', { a: 0, b: 999_999 }],
    ['measureRun', { runId: guessed }],
    ['listHyperparameters', { runId: invented }],
    ['readHyperparameters', { runId, versions: [999_999], settings: ['gamma'] }],
    ['awaitWork', { taskId: invented }],
    ['backUp', { runId, versions: [999_999], label: null, place: null }],
    ['backUp', { runId, versions: null, label: null, place: invented }],
    ['deleteBackup', { runId: invented, place: null, backup: 'a' }],
    ['verifyBackups', { runId: guessed, place: null, backup: null }],
    ['findSame', { runId, version: 999_999 }],
    ['describeReturns', { runId: invented, returns }],
    ['startBenchmark', { ...benchmark, parts: [{ runId: invented, versions: [0] }] }],
    ['showBenchmark', { runId: guessed }],
    ['readEvaluator', { ...evaluator, runId: invented, version: 0 }],
    ['peekBytes', { contentsId: guessed, tensor: 0, from: 0 }],
  ] as const) {
    tried.add(name);
    const answer = await ask(page, name, input);
    expect([name, input, answer.ok, answer.failure?.code]).toEqual([name, input, false, 'NoSuchHandle']);
  }
  expect(
    (await namesInPreload('requestNames')).filter((name) => !tried.has(name) && !idless.has(name)),
  ).toEqual([]);
  const { typed } = await makeGenerations();
  const other = await launchCairn({ runs: [typed] });
  const [{ runId: theirs } = { runId: '' }] = await openRuns(other.page);
  await ask(other.page, 'closeRun', { runId: theirs });
  expect(await ask(other.page, 'listVersions', { runId: theirs, from: 0 })).toMatchObject({
    ok: false,
    failure: { code: 'NoSuchHandle' },
  });
  await other.close();
  expect(await ask(page, 'listVersions', { runId: theirs, from: 0 })).toMatchObject({
    ok: false,
    failure: { code: 'NoSuchHandle' },
  });
});

test('control: where a handle is not looked up, an invented one gets an answer', async () => {
  const app = await launchCairn({ app: await weakenApp(...anyHandle), runs: [run] });
  const invented = '0123456789abcdef0123456789abcdef';
  await expect.poll(async () => (await openRuns(app.page)).length).toBe(1);
  expect(await ask(app.page, 'listVersions', { runId: invented, from: 0 })).toMatchObject({ ok: true });
  await app.close();
});

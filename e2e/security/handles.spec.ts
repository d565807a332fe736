import { expect, test } from '@playwright/test';
import { launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { copySampleRun, makeGenerations } from '../fixtures/copy-runs.ts';
import { ask, namesInPreload, openRuns } from './ask-bridge.ts';
import { anyHandle } from './weakenings.ts';

const noRules = { metric: null, keepBest: 0, keepLatest: null, keepEvery: null, kinds: 'all' };
const beside = { versions: [0, 1], baseline: 0, rows: { differencesOnly: true, words: '' } };

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

/** What names nothing that is open, or does nothing where there is nothing of that name. */
const idless = new Set<string>([
  'getEnvironment',
  'getSettings',
  'changeSetting',
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
    ['showVersion', { runId, version: 999_999, whole: false }],
    ['copyChecksum', { runId, version: 999_999 }],
    ['revealVersion', { runId, version: 999_999 }],
    ['verifyRun', { runId: invented, versions: null }],
    ['verifyRun', { runId, versions: [999_999] }],
    ['closeRun', { runId: guessed }],
    ['openRenamed', { runId: guessed }],
    ['checkWeights', { version: 999_999 }],
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
    ['warnOfRanking', { runIds: [runId, guessed], versions: null, metric: 'bench_score', mode: 'max' }],
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
    ['exportTensors', { contentsId: invented, tensors: [0], form: 'npz' }],
    ['exportContents', { contentsId: invented }],
    ['saveChart', { runId: invented, chart: 'scatter', kind: 'svg', drawn: '<svg />' }],
    ['foreseeConversion', { ownerId: runId, member: 999_999, act: 'convert', to: 'pt', slim: false }],
    ['convertCheckpoint', { ownerId: invented, member: null, act: 'repair', to: 'pt', slim: false }],
    ['revealWritten', { writtenId: invented }],
    ['openRunAside', { checkpointId: invented }],
    ['compareVersions', { a: 0, b: 999_999 }],
    ['measureRun', { runId: guessed }],
    ['readParts', { taskId: invented, from: 0 }],
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

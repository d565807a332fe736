import type { RequestName } from '../../shared/ipc/channels.ts';

const runId = '0123456789abcdef0123456789abcdef';
const version = { runId, version: 0 };
const versions = { runId, versions: [0, 1] };
const rules = {
  metric: { metric: 'sharpe', mode: 'max' },
  keepBest: 3,
  keepLatest: null,
  keepEvery: 100,
  kinds: 'all',
};
const pruning = { runId, ...rules };
const trashed = { runId, operation: '20260302T094200-a1b2c3' };
const backup = { runId, place: runId, backup: '20260302T094200-a1b2c3' };
const sideBySide = { versions: [0, 1], baseline: 1, rows: { differencesOnly: true, words: 'lr' } };
const tensor = { contentsId: runId, tensor: 0 };
const limits = { maxAge: '7d', maxSize: null };
const parts = [versions];
const plans = [{ run: 0, plan: '0f'.repeat(32) }];
/** An input of each request that is as it should be. */
export const good: Record<RequestName, object> = {
  getEnvironment: {},
  getSettings: {},
  changeSetting: { threads: 2 },
  changeLimits: { trash: limits, backups: limits },
  chooseDefaultPlace: {},
  forgetDefaultPlace: {},
  openNewWindow: {},
  readLicences: {},
  saveDiagnostics: {},
  chooseRun: {},
  openDropped: { path: '/runs/one' },
  openSampleRun: {},
  listRecents: {},
  openRecent: { recentId: runId },
  findRecent: { recentId: runId },
  starRecent: { recentId: runId, starred: true },
  forgetRecent: { recentId: runId },
  clearRecents: {},
  searchBelowRun: { runId },
  openAsRun: { workspaceId: runId },
  listWorkspaceRuns: { workspaceId: runId, from: 0 },
  searchWorkspace: { workspaceId: runId },
  stopSearch: { workspaceId: runId },
  closeWorkspace: { workspaceId: runId },
  openWorkspaceRuns: { workspaceId: runId, runs: [0, 7] },
  readRunSettings: { workspaceId: runId, runs: [0, 7] },
  revealWorkspaceRun: { workspaceId: runId, run: 0 },
  copyWorkspaceRuns: { workspaceId: runId, runs: [0] },
  chooseCheckpoint: {},
  closeCheckpoint: { checkpointId: runId },
  openCheckpoint: { checkpointId: runId },
  verifyCheckpoint: { checkpointId: runId },
  copyCheckpointChecksum: { checkpointId: runId },
  openRunAside: { checkpointId: runId },
  revealCheckpoint: { checkpointId: runId },
  compareCheckpoint: { checkpointId: runId },
  listRuns: {},
  closeRun: { runId },
  openRenamed: { runId },
  listLayouts: {},
  chooseLayout: { runId, layout: 'keras' },
  listVersions: { runId, from: 0 },
  showVersion: { ...version, whole: false },
  findSame: version,
  verifyRun: versions,
  cancelTask: { taskId: runId },
  copyChecksum: version,
  revealVersion: version,
  simulatePrune: pruning,
  planPrune: pruning,
  prune: { ...pruning, plan: '0f'.repeat(32) },
  planPruneRuns: { workspaceId: runId, runs: [0, 7], rules, read: true },
  listPlannedVersions: { workspaceId: runId, run: 0 },
  pruneRuns: { workspaceId: runId, plans, rules },
  undoInRun: { workspaceId: runId, run: 0, operation: '20260302T094200-a1b2c3' },
  endPruneRuns: { workspaceId: runId },
  moveToTrash: versions,
  listTrash: { runId },
  showTrashed: trashed,
  showTrashedVersion: { ...trashed, version: 0 },
  undo: trashed,
  planEmptying: { runId, operations: ['a'] },
  emptyTrash: { runId, operations: ['a'] },
  chooseMetric: { runId, metric: 'sharpe' },
  setDirection: { runId, metric: 'sharpe', mode: 'max' },
  describeReturns: {
    runId,
    returns: { periods: 250, annualised_by: 252, skewness: -1, kurtosis: 5, trials: 20 },
  },
  warnOfRanking: { runIds: [runId], versions: [0], metric: 'bench_score', mode: 'max' },
  judgeBest: { runId },
  markVersions: { ...versions, change: { pinned: true, addTags: ['a'], removeTags: [], notes: 'b' } },
  restoreMarks: { runId, undo: runId },
  listLog: { runId },
  sealRun: { runId },
  exportVersions: { versions: [0, 1] },
  saveReport: { runIds: [runId], format: 'html' },
  defaultBackupPlace: { runId },
  chooseBackupPlace: { purpose: 'restore' },
  backUp: { runId, versions: [0, 1], label: 'before', place: runId },
  verifyBackups: { ...backup, backup: null },
  deleteBackup: backup,
  listBackups: { runId, place: null },
  findBackupOf: version,
  planRestore: { ...backup, only: null },
  compareRestored: { ...backup, only: null, version: 0 },
  restore: { ...backup, only: 0 },
  copyCells: { versions: [0, 1], columns: ['version', 'metric:sharpe'], heads: true },
  copyPlaces: { versions: [0, 1], form: 'python' },
  exportList: { versions: [0, 1], columns: ['version'], format: 'csv' },
  dragOut: { versions: [0, 1] },
  revealWritten: { writtenId: runId },
  copySideBySide: sideBySide,
  exportSideBySide: { ...sideBySide, format: 'csv' },
  openContents: version,
  closeContents: { contentsId: runId },
  measureTensors: { contentsId: runId, tensors: [0, 1] },
  countBins: { ...tensor, scale: 'linear' },
  peekTensor: { ...tensor, ranges: [{ from: 0, to: 1 }] },
  peekBytes: { ...tensor, from: 0 },
  exportTensor: { ...tensor, format: 'npy' },
  exportTensors: { contentsId: runId, tensors: [0, 1], form: 'npz' },
  exportContents: { contentsId: runId },
  saveChart: { runId, chart: 'scatter', kind: 'svg', drawn: '<svg />' },
  foreseeConversion: { ownerId: runId, member: 0, act: 'convert', to: 'safetensors', slim: true },
  convertCheckpoint: { ownerId: runId, member: null, act: 'repair', to: 'pt', slim: false },
  compareVersions: { a: 0, b: 1 },
  measureRun: { runId },
  checkWeights: { version: 0 },
  readParts: { taskId: runId, from: 0 },
  listHyperparameters: { runId },
  readHyperparameters: { ...versions, settings: ['learning_rate'] },
  awaitWork: { taskId: runId },
  readEvaluator: { ...version, command: 'eval {model}', seed: 7, seedCount: 2, episodes: 20 },
  startBenchmark: {
    parts,
    command: 'eval {model} {seed}',
    words: ['eval', '{model}', '{seed}'],
    seeds: [7, 11],
    episodes: null,
    jobs: 2,
    timeout: 3600,
    retries: 1,
    again: false,
  },
  showBenchmark: { runId },
};

const isHandle = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);
const isIndex = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecord = (value: unknown) => typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
/** No input is made that is another one of these. */
const isParts = (value: unknown) => value === parts;
const isRange = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).toSorted().join() === 'from,to' &&
  Object.values(value).every(isIndex);
const isFact = (least: number, most: number, whole: boolean) => (value: unknown) =>
  value === null ||
  (typeof value === 'number' && value >= least && value <= most && (!whole || Number.isSafeInteger(value)));
const facts: Record<string, (value: unknown) => boolean> = {
  periods: isFact(2, 1e12, true),
  annualised_by: isFact(Number.MIN_VALUE, 1e9, false),
  skewness: isFact(-1e6, 1e6, false),
  kurtosis: isFact(1, 1e13, false),
  trials: isFact(1, 1e15, true),
};
const isReturns = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === Object.keys(facts).length &&
  Object.entries(facts).every(
    ([key, fits]) => Object.hasOwn(value, key) && fits((value as Record<string, unknown>)[key]),
  );
const isShort = (value: unknown) => value === null || (typeof value === 'string' && value.length <= 40);
const isLimits = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 2 &&
  ['maxAge', 'maxSize'].every(
    (key) => Object.hasOwn(value, key) && isShort((value as Record<string, unknown>)[key]),
  );
const isRule = (value: unknown) => value === null || isIndex(value);
const isTexts = (value: unknown, shortest: number, longest: number) =>
  Array.isArray(value) &&
  value.every((text) => typeof text === 'string' && text.length >= shortest && text.length <= longest);
const isMarkChange = (value: unknown) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { pinned, addTags, removeTags, notes } = value as Record<string, unknown>;
  return (
    Object.keys(value).toSorted().join() === 'addTags,notes,pinned,removeTags' &&
    (pinned === null || typeof pinned === 'boolean') &&
    isTexts(addTags, 1, 100) &&
    isTexts(removeTags, 1, 100) &&
    (notes === null || typeof notes === 'string')
  );
};
const isMetric = (value: unknown) => {
  if (typeof value !== 'object' || value === null) return false;
  const { metric, mode, ...rest } = value as Record<string, unknown>;
  const isName = typeof metric === 'string' && metric.length >= 1 && metric.length <= 1000;
  return isName && (mode === 'max' || mode === 'min') && Object.keys(rest).length === 0;
};
const isRowChoice = (value: unknown) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { differencesOnly, words, ...rest } = value as Record<string, unknown>;
  return typeof differencesOnly === 'boolean' && typeof words === 'string' && Object.keys(rest).length === 0;
};
const isBetween = (least: number, most: number) => (value: unknown) =>
  isIndex(value) && (value as number) >= least && (value as number) <= most;
const fits: Record<string, (value: unknown) => boolean> = {
  parts: isParts,
  plans: (value) => value === plans,
  rules: (value) => value === rules,
  read: (value) => typeof value === 'boolean',
  runId: isHandle,
  runIds: (value) =>
    Array.isArray(value) && value.length >= 1 && value.length <= 1000 && value.every(isHandle),
  recentId: isHandle,
  checkpointId: isHandle,
  workspaceId: isHandle,
  run: isIndex,
  layout: (value) =>
    value === null || (typeof value === 'string' && value.length >= 1 && value.length <= 100),
  runs: (value) => Array.isArray(value) && value.length >= 1 && value.length <= 50 && value.every(isIndex),
  starred: (value) => typeof value === 'boolean',
  taskId: isHandle,
  ownerId: isHandle,
  member: (value) => value === null || isIndex(value),
  act: (value) => value === 'convert' || value === 'repair',
  to: (value) => value === 'pt' || value === 'safetensors',
  slim: (value) => typeof value === 'boolean',
  writtenId: isHandle,
  contentsId: isHandle,
  tensor: isIndex,
  a: isIndex,
  b: isIndex,
  scale: (value) => value === 'linear' || value === 'magnitude',
  format: (value) => typeof value === 'string' && ['npy', 'csv', 'html', 'json', 'md'].includes(value),
  tensors: (value) =>
    value === null || (Array.isArray(value) && value.length <= 1000 && value.every(isIndex)),
  ranges: (value) => Array.isArray(value) && value.every(isRange),
  place: (value) => value === null || isHandle(value),
  purpose: (value) => value === 'back up' || value === 'restore',
  plan: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  version: isIndex,
  only: (value) => value === null || isIndex(value),
  from: isIndex,
  path: (value) => typeof value === 'string' && value.length >= 1 && value.length <= 32_768,
  versions: (value) => value === null || (Array.isArray(value) && value.every(isIndex)),
  keepBest: isRule,
  keepLatest: isRule,
  keepEvery: (value) => value === null || (isIndex(value) && (value as number) > 0),
  chart: (value) => typeof value === 'string' && ['scatter', 'parallel', 'timeline', 'bars'].includes(value),
  baseline: isIndex,
  rows: isRowChoice,
  kind: (value) => value === 'png' || value === 'svg',
  drawn: (value) =>
    typeof value === 'string' && (value.startsWith('<svg ') || value.startsWith('iVBORw0KGgo')),
  kinds: (value) => value === 'best' || value === 'all',
  operation: isRecord,
  operations: (value) => Array.isArray(value) && value.every(isRecord),
  backup: (value) => value === null || isRecord(value),
  metric: (value) =>
    value === null ||
    (typeof value === 'string' && value.length >= 1 && value.length <= 1000) ||
    isMetric(value),
  mode: (value) => value === null || value === 'max' || value === 'min',
  returns: isReturns,
  theme: (value) => value === 'system' || value === 'light' || value === 'dark',
  threads: (value) => value === null || (isIndex(value) && (value as number) >= 1 && (value as number) <= 64),
  notify: (value) => typeof value === 'boolean',
  trash: isLimits,
  backups: isLimits,
  pinned: (value) => typeof value === 'boolean',
  heads: (value) => typeof value === 'boolean',
  form: (value) => typeof value === 'string' && ['plain', 'python', 'npz', 'folder', 'csv'].includes(value),
  settings: (value) => isTexts(value, 1, 500) && (value as string[]).length > 0,
  columns: (value) => isTexts(value, 0, 10_000),
  undo: isHandle,
  change: isMarkChange,
  command: (value) => typeof value === 'string' && value.length <= 10_000,
  words: (value) => isTexts(value, 0, 20_000) && (value as string[]).length > 0,
  seed: isIndex,
  seedCount: isBetween(1, Number.MAX_SAFE_INTEGER),
  seeds: (value) =>
    Array.isArray(value) && value.length >= 1 && value.length <= 10_000 && value.every(isIndex),
  episodes: (value) => value === null || isBetween(1, Number.MAX_SAFE_INTEGER)(value),
  jobs: isBetween(1, 256),
  timeout: isBetween(1, 2_000_000),
  retries: isBetween(0, 100),
  again: (value) => typeof value === 'boolean',
  whole: (value) => typeof value === 'boolean',
  label: (value) => value === null || (typeof value === 'string' && value.length <= 200),
};

/** The contract once more, by hand: what the schemas must agree with. */
export function isGood(name: RequestName, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const wanted = Object.keys(good[name]);
  const given = Object.keys(value);
  return (
    given.length === wanted.length &&
    wanted.every((key) => Object.hasOwn(value, key) && fits[key]?.((value as Record<string, unknown>)[key]))
  );
}

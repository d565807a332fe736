import { expect, test } from 'vitest';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { noChoices } from '../../shared/model/run-choices.ts';
import { defaultStorageConfig } from '../../shared/model/storage-config.ts';
import type { Task } from '../../shared/model/task.ts';
import type { WorkspaceSummary } from '../../shared/model/workspace.ts';
import {
  currentCheckpoint,
  currentRun,
  currentWorkspace,
  emptySession,
  verificationOf,
  withCheckpoint,
  withoutCheckpoint,
  withoutEndedTask,
  withoutRun,
  withoutWorkspace,
  withRun,
  withRunsTogether,
  withTask,
  withWorkspace,
  workspaceAround,
} from './session-state.ts';

const run = (runId: string, given: Partial<RunSummary> = {}): RunSummary => ({
  runId,
  name: runId,
  folder: `/runs/${runId}`,
  config: defaultStorageConfig,
  negativeMetrics: [],
  configSource: null,
  toldName: null,
  metric: { name: 'mean_reward', mode: 'max', source: 'default' },
  configuredMetric: { name: 'mean_reward', mode: 'max', source: 'default' },
  choices: noChoices,
  problems: [],
  layout: 'cairn',
  recognised: null,
  watch: { state: 'live', detail: null },
  loading: false,
  readOnly: false,
  versionCount: 0,
  wrongCount: 0,
  bestValue: null,
  totalBytes: 0,
  runsBelow: 0,
  ...given,
});

const task = (state: Task['state'], taskId = 't'): Task => ({
  taskId,
  runId: 'a',
  kind: 'verify',
  state,
  filesDone: 0,
  filesTotal: 1,
  bytesDone: 0,
  bytesTotal: 1,
  seconds: 0,
  partSeconds: 0,
  problems: 0,
  message: null,
});

const three = ['a', 'b', 'c'].reduce((state, id) => withRun(state, run(id)), emptySession);

test('a run that opens becomes the current one, news of an open run moves nothing', () => {
  expect(three.currentId).toBe('c');
  const renamed = withRun(three, run('a', { name: 'renamed' }));
  expect(renamed.currentId).toBe('c');
  expect(renamed.runs.map(({ name }) => name)).toEqual(['renamed', 'b', 'c']);
});

test('closing the current run shows its neighbour, closing the last shows none', () => {
  expect(withoutRun(three, 'c').currentId).toBe('b');
  expect(withoutRun(three, 'a').currentId).toBe('c');
  const none = ['a', 'b', 'c'].reduce(withoutRun, three);
  expect(currentRun(none)).toBeNull();
});

test('a task that ended can be dismissed, a running one cannot', () => {
  expect(withoutEndedTask(withTask(three, task('running')), 't').tasks.size).toBe(1);
  expect(withoutEndedTask(withTask(three, task('done')), 't').tasks.size).toBe(0);
});

test('of the verifications of a run the newest is told, of other work all of it, and old ends are forgotten', () => {
  const verified = withTask(withTask(three, task('done', 'old')), task('running', 'new'));
  expect(verificationOf(verified, 'a')?.taskId).toBe('new');
  expect(verificationOf(verified, 'b')).toBeNull();
  expect(withTask(verified, { ...task('running', 'copy'), kind: 'back up' }).tasks.size).toBe(2);
  const many = Array.from({ length: 50 }, (_, index) => ({
    ...task('done', `t${index}`),
    kind: 'restore' as const,
  }));
  expect([...many.reduce(withTask, verified).tasks.keys()].slice(0, 2)).toEqual(['new', 't20']);
  expect(withoutRun(verified, 'a').tasks.size).toBe(0);
});

const checkpoint = (checkpointId: string, name = checkpointId): CheckpointFile => ({
  checkpointId,
  name,
  path: `/files/${name}`,
  size: 1,
  modifiedAt: null,
  runName: null,
  recorded: null,
  integrity: null,
});

test('checkpoints without a run stand after the runs, and closing one shows what was before it', () => {
  const opened = ['d', 'e'].reduce((state, id) => withCheckpoint(state, checkpoint(id)), three);
  expect(opened.currentId).toBe('c');
  const shown = { ...withCheckpoint(opened, checkpoint('d', 'renamed')), currentId: 'd' };
  expect(currentCheckpoint(shown)?.name).toBe('renamed');
  expect(withoutCheckpoint(shown, 'd').currentId).toBe('e');
  expect(withoutCheckpoint({ ...shown, currentId: 'e' }, 'e').currentId).toBe('d');
  expect(withoutCheckpoint(shown, 'e').currentId).toBe('d');
  expect(withoutRun({ ...shown, currentId: 'c' }, 'c').currentId).toBe('d');
});

const workspace = (folder: string): WorkspaceSummary => ({
  workspaceId: folder,
  name: folder,
  folder,
  state: 'done',
  searched: 1,
  runCount: 1,
  problems: [],
  failure: null,
  watch: { state: 'live', detail: null },
});

test('a workspace keeps its place, and when it is closed its neighbour becomes current', () => {
  const one = withWorkspace(withRun(emptySession, run('a')), workspace('/runs'));
  const two = withWorkspace(
    { ...withWorkspace(one, workspace('/other')), currentId: '/other' },
    {
      ...workspace('/runs'),
      runCount: 7,
    },
  );
  expect(two.workspaces.map(({ folder, runCount }) => [folder, runCount])).toEqual([
    ['/runs', 7],
    ['/other', 1],
  ]);
  expect(currentWorkspace(two)?.folder).toBe('/other');
  expect(withoutWorkspace(two, '/other').currentId).toBe('a');
});

test('the workspace around a run is the innermost that is open', () => {
  const state = ['/', '/runs', '/run', '/runs/a/b'].reduce(
    (before, folder) => withWorkspace(before, workspace(folder)),
    emptySession,
  );
  const around = (folder: string) => workspaceAround(state, run('a', { folder }))?.folder ?? null;
  expect(around('/runs/a')).toBe('/runs');
  expect(around('/runs')).toBe('/runs');
  expect(around('/runs/a/b/c')).toBe('/runs/a/b');
  expect(around('/elsewhere')).toBe('/');
  expect(
    workspaceAround(withWorkspace(emptySession, workspace('C:\\runs')), run('a', { folder: 'C:\\runs\\a' })),
  ).not.toBeNull();
});

test('runs that are opened together leave out all others', () => {
  const state = withRun(withRun(withRun(emptySession, run('a')), run('b')), run('c'));
  expect([...withRunsTogether(state, ['a', 'c']).leftOut]).toEqual(['b']);
});

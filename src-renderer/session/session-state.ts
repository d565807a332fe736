import type { Environment } from '../../shared/ipc/contract.ts';
import type { Recent } from '../../shared/ipc/recent-contract.ts';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import type { WorkspaceSummary } from '../../shared/model/workspace.ts';

export type AppPanel = 'settings' | 'about' | 'shortcuts' | 'guide';

/** Stands for the table of all open runs where a run or a checkpoint could be shown; no handle reads so. */
export const allRunsId = 'all-runs';

/** Everything the window knows apart from the versions of each run. Replaced, never changed. */
export interface SessionState {
  /** False until the open runs were asked for the first time. */
  ready: boolean;
  runs: readonly RunSummary[];
  /** Those that are open without a run. */
  checkpoints: readonly CheckpointFile[];
  /** Folders of runs. */
  workspaces: readonly WorkspaceSummary[];
  /** Of the run, checkpoint or workspace that is shown, or {@link allRunsId}. */
  currentId: string | null;
  /** Open runs that the table of all leaves out. */
  leftOut: ReadonlySet<string>;
  recents: readonly Recent[];
  /** Long work by its id, the newest last; kept after it ended, for a while or until it is dismissed. */
  tasks: ReadonlyMap<string, Task>;
  /** Whether they are listed on the screen. */
  tasksOpened: boolean;
  environment: Environment | null;
  /** What of the app itself is open over everything else, or was last: while it closes it is still shown. */
  panel: { kind: AppPanel; opened: boolean };
}

export const emptySession: SessionState = {
  ready: false,
  runs: [],
  checkpoints: [],
  workspaces: [],
  currentId: null,
  leftOut: new Set(),
  recents: [],
  tasks: new Map(),
  tasksOpened: false,
  environment: null,
  panel: { kind: 'about', opened: false },
};

/** A run that is new comes last and becomes the current one; a known one keeps its place. */
export function withRun(state: SessionState, run: RunSummary): SessionState {
  const known = state.runs.some(({ runId }) => runId === run.runId);
  if (!known) return { ...state, runs: [...state.runs, run], currentId: run.runId };
  return { ...state, runs: state.runs.map((other) => (other.runId === run.runId ? run : other)) };
}

/** Without a run; when it was the current one, its neighbour becomes current. */
export function withoutRun(state: SessionState, runId: string): SessionState {
  const runs = state.runs.filter((run) => run.runId !== runId);
  if (runs.length === state.runs.length) return state;
  return {
    ...state,
    runs,
    currentId: currentWithout(state, runId),
    leftOut: new Set([...state.leftOut].filter((id) => id !== runId)),
    tasks: only(state.tasks, (task) => task.runId !== runId),
  };
}

/** A checkpoint that is new comes last; a known one keeps its place. */
export function withCheckpoint(state: SessionState, checkpoint: CheckpointFile): SessionState {
  const isIt = (other: CheckpointFile) => other.checkpointId === checkpoint.checkpointId;
  const checkpoints = state.checkpoints.some(isIt)
    ? state.checkpoints.map((other) => (isIt(other) ? checkpoint : other))
    : [...state.checkpoints, checkpoint];
  return { ...state, checkpoints };
}

/** As {@link withoutRun}. */
export function withoutCheckpoint(state: SessionState, checkpointId: string): SessionState {
  const checkpoints = state.checkpoints.filter((other) => other.checkpointId !== checkpointId);
  return { ...state, checkpoints, currentId: currentWithout(state, checkpointId) };
}

/** A workspace that is new comes last; a known one keeps its place. */
export function withWorkspace(state: SessionState, workspace: WorkspaceSummary): SessionState {
  const isIt = (other: WorkspaceSummary) => other.workspaceId === workspace.workspaceId;
  const workspaces = state.workspaces.some(isIt)
    ? state.workspaces.map((other) => (isIt(other) ? workspace : other))
    : [...state.workspaces, workspace];
  return { ...state, workspaces };
}

/** As {@link withoutRun}. */
export function withoutWorkspace(state: SessionState, workspaceId: string): SessionState {
  const workspaces = state.workspaces.filter((other) => other.workspaceId !== workspaceId);
  return { ...state, workspaces, currentId: currentWithout(state, workspaceId) };
}

/** What is current once something is closed: as before, or its neighbour in the list. */
function currentWithout(state: SessionState, closedId: string): string | null {
  const { runs, currentId } = state;
  if (currentId === allRunsId) return togetherWithout(runs, closedId);
  if (currentId !== closedId) return currentId;
  const ids = idsOfOpen(state);
  const index = ids.indexOf(closedId);
  return ids[index + 1] ?? ids[index - 1] ?? null;
}

/** The handles of all that is open, as the sidebar lists it. */
function idsOfOpen({
  runs,
  checkpoints,
  workspaces,
}: Pick<SessionState, 'runs' | 'checkpoints' | 'workspaces'>): string[] {
  return [
    ...workspaces.map(({ workspaceId }) => workspaceId),
    ...runs.map(({ runId }) => runId),
    ...checkpoints.map(({ checkpointId }) => checkpointId),
  ];
}

/** The table of all runs while there are several, else the one that is left. */
function togetherWithout(runs: readonly RunSummary[], closedId: string): string | null {
  const [left, ...others] = runs.filter(({ runId }) => runId !== closedId);
  return others.length > 0 ? allRunsId : (left?.runId ?? null);
}

/** The runs that the table of all shows; all of them where a person left out so many that it would be none. */
export function runsTogether({
  runs,
  leftOut,
}: Pick<SessionState, 'runs' | 'leftOut'>): readonly RunSummary[] {
  const shown = runs.filter(({ runId }) => !leftOut.has(runId));
  return shown.length > 0 ? shown : runs;
}

/** With these runs in the table of all, and no others. */
export function withRunsTogether(state: SessionState, runIds: readonly string[]): SessionState {
  const others = state.runs.map(({ runId }) => runId).filter((runId) => !runIds.includes(runId));
  return { ...state, leftOut: new Set(others) };
}

/** The runs of which versions are shown: one, or those of the table of all; a folder of runs stands for those in it. */
export function runsInView(state: SessionState): readonly string[] {
  const workspace = currentWorkspace(state);
  if (workspace) return [workspace.workspaceId];
  const shown =
    state.currentId === allRunsId
      ? runsTogether(state)
      : state.runs.filter(({ runId }) => runId === state.currentId);
  return shown.map(({ runId }) => runId);
}

/** With a run among those that the table of all shows, or without. */
export function withRunTogether(state: SessionState, runId: string, isShown: boolean): SessionState {
  const leftOut = new Set(state.leftOut);
  if (isShown) leftOut.delete(runId);
  else leftOut.add(runId);
  return { ...state, leftOut };
}

/** So many tasks that ended are remembered. */
const remembered = 30;

/** Of the verifications of a run the newest alone counts: each says how the whole run stands. */
export function withTask(state: SessionState, task: Task): SessionState {
  const isOlder = ({ taskId, runId, kind }: Task) =>
    kind === 'verify' && task.kind === 'verify' && runId === task.runId && taskId !== task.taskId;
  const tasks = new Map(only(state.tasks, (other) => !isOlder(other))).set(task.taskId, task);
  const ended = [...tasks.values()].filter((other) => other.state !== 'running');
  for (const { taskId } of ended.slice(0, -remembered)) tasks.delete(taskId);
  return { ...state, tasks };
}

/** Forgets a task that ended; one that is still running stays. */
export function withoutEndedTask(state: SessionState, taskId: string): SessionState {
  return { ...state, tasks: only(state.tasks, (task) => task.taskId !== taskId || task.state === 'running') };
}

/** The newest verification of a run; null where there was none, or it was dismissed. */
export function verificationOf({ tasks }: SessionState, runId: string): Task | null {
  return [...tasks.values()].findLast((task) => task.kind === 'verify' && task.runId === runId) ?? null;
}

export function currentRun(state: SessionState): RunSummary | null {
  return state.runs.find(({ runId }) => runId === state.currentId) ?? null;
}

export function currentCheckpoint(state: SessionState): CheckpointFile | null {
  return state.checkpoints.find(({ checkpointId }) => checkpointId === state.currentId) ?? null;
}

export function currentWorkspace(state: SessionState): WorkspaceSummary | null {
  return state.workspaces.find(({ workspaceId }) => workspaceId === state.currentId) ?? null;
}

/** The open workspace that a run is in, the innermost of several; null where it is in none. */
export function workspaceAround({ workspaces }: SessionState, run: RunSummary): WorkspaceSummary | null {
  const around = workspaces.filter(({ folder }) => isWithin(run.folder, folder));
  return around.toSorted((a, b) => b.folder.length - a.folder.length)[0] ?? null;
}

/** Whether a folder is another, or lies in it. Both are real paths of one machine; that of a whole disk ends in its separator. */
function isWithin(folder: string, around: string): boolean {
  const above = around.replace(/[/\\]$/, '');
  return folder === around || [`${above}/`, `${above}\\`].some((start) => folder.startsWith(start));
}

/** The name of a run or checkpoint that is open, as it stands on disk; '' where it is closed. */
export function nameOfOpen({ runs, checkpoints, workspaces }: SessionState, id: string): string {
  const run = runs.find(({ runId }) => runId === id);
  const checkpoint = checkpoints.find(({ checkpointId }) => checkpointId === id);
  return (run ?? checkpoint ?? workspaces.find(({ workspaceId }) => workspaceId === id))?.name ?? '';
}

/** What was opened before and is not open now. */
export function closedRecents({ runs, checkpoints, workspaces, recents }: SessionState): readonly Recent[] {
  const open = new Set([
    ...runs.map(({ folder }) => folder),
    ...checkpoints.map(({ path }) => path),
    ...workspaces.map(({ folder }) => folder),
  ]);
  return recents.filter(({ folder }) => !open.has(folder));
}

function only(tasks: ReadonlyMap<string, Task>, wanted: (task: Task) => boolean): ReadonlyMap<string, Task> {
  return new Map([...tasks].filter(([, task]) => wanted(task)));
}

type Open = Pick<SessionState, 'runs' | 'checkpoints' | 'workspaces'>;

/** With what is open by now. What was shown is shown, else what the window kept, else the first. */
export function withListed(
  state: SessionState,
  { runs, checkpoints, workspaces }: Open,
  kept: string | null,
): SessionState {
  const open = { runs, checkpoints, workspaces };
  const ids = idsOfOpen(open);
  const known = [state.currentId, kept].find(
    (id) => id !== null && (ids.includes(id) || (id === allRunsId && runs.length > 1)),
  );
  return { ...state, ...open, currentId: known ?? ids[0] ?? null };
}

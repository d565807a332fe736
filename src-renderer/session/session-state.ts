import type { Environment } from '../../shared/ipc/contract.ts';
import type { Recent } from '../../shared/ipc/recent-contract.ts';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';

export type AppPanel = 'settings' | 'about' | 'shortcuts';

/** Stands for the table of all open runs where a run or a checkpoint could be shown; no handle reads so. */
export const allRunsId = 'all-runs';

/** Everything the window knows apart from the versions of each run. Replaced, never changed. */
export interface SessionState {
  /** False until the open runs were asked for the first time. */
  ready: boolean;
  runs: readonly RunSummary[];
  /** Those that are open without a run. */
  checkpoints: readonly CheckpointFile[];
  /** Of the run or checkpoint that is shown, or {@link allRunsId}. */
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

/** What is current once something is closed: as before, or its neighbour in the list. */
function currentWithout({ runs, checkpoints, currentId }: SessionState, closedId: string): string | null {
  if (currentId === allRunsId) return togetherWithout(runs, closedId);
  if (currentId !== closedId) return currentId;
  const ids = [...runs.map(({ runId }) => runId), ...checkpoints.map(({ checkpointId }) => checkpointId)];
  const index = ids.indexOf(closedId);
  return ids[index + 1] ?? ids[index - 1] ?? null;
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

/** The runs of which versions are shown: one, or those of the table of all. */
export function runsInView(state: SessionState): readonly string[] {
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

/** The name of a run or checkpoint that is open, as it stands on disk; '' where it is closed. */
export function nameOfOpen({ runs, checkpoints }: SessionState, id: string): string {
  const run = runs.find(({ runId }) => runId === id);
  return (run ?? checkpoints.find(({ checkpointId }) => checkpointId === id))?.name ?? '';
}

/** What was opened before and is not open now. */
export function closedRecents({ runs, checkpoints, recents }: SessionState): readonly Recent[] {
  const open = new Set([...runs.map(({ folder }) => folder), ...checkpoints.map(({ path }) => path)]);
  return recents.filter(({ folder }) => !open.has(folder));
}

function only(tasks: ReadonlyMap<string, Task>, wanted: (task: Task) => boolean): ReadonlyMap<string, Task> {
  return new Map([...tasks].filter(([, task]) => wanted(task)));
}

import type { Environment, Recent } from '../../shared/ipc/contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';

export type AppPanel = 'settings' | 'about' | 'shortcuts';

/** Everything the window knows apart from the versions of each run. Replaced, never changed. */
export interface SessionState {
  /** False until the open runs were asked for the first time. */
  ready: boolean;
  runs: readonly RunSummary[];
  currentId: string | null;
  recents: readonly Recent[];
  /** Long work by its id, the newest last; kept after it ended, for a while or until it is dismissed. */
  tasks: ReadonlyMap<string, Task>;
  environment: Environment | null;
  /** What of the app itself is open over everything else, or was last: while it closes it is still shown. */
  panel: { kind: AppPanel; opened: boolean };
}

export const emptySession: SessionState = {
  ready: false,
  runs: [],
  currentId: null,
  recents: [],
  tasks: new Map(),
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
  const index = state.runs.findIndex((run) => run.runId === runId);
  if (index < 0) return state;
  const runs = state.runs.toSpliced(index, 1);
  const neighbour = runs[Math.min(index, runs.length - 1)]?.runId ?? null;
  const currentId = state.currentId === runId ? neighbour : state.currentId;
  return { ...state, runs, currentId, tasks: only(state.tasks, (task) => task.runId !== runId) };
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

function only(tasks: ReadonlyMap<string, Task>, wanted: (task: Task) => boolean): ReadonlyMap<string, Task> {
  return new Map([...tasks].filter(([, task]) => wanted(task)));
}

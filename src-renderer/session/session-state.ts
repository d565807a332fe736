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
  /** The newest task of each run, kept after it ended until it is dismissed. */
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
  return { ...state, runs, currentId, tasks: withoutKey(state.tasks, runId) };
}

export function withTask(state: SessionState, task: Task): SessionState {
  return { ...state, tasks: new Map(state.tasks).set(task.runId, task) };
}

/** Forgets an ended task; one that is still running stays. */
export function withoutEndedTask(state: SessionState, runId: string): SessionState {
  if (state.tasks.get(runId)?.state === 'running') return state;
  return { ...state, tasks: withoutKey(state.tasks, runId) };
}

export function currentRun(state: SessionState): RunSummary | null {
  return state.runs.find(({ runId }) => runId === state.currentId) ?? null;
}

function withoutKey<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

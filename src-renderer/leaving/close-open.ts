import type { Session } from '../session/session.ts';
import { askedLeaving } from './leaving.ts';

/** Closes a run, once a person means it where that stops something. */
export function closeRun(session: Session, runId: string): Promise<void> {
  return askedLeaving.leave(session.snapshot().tasks, { runId, leave: () => session.closeRun(runId) });
}

/** As {@link closeRun}, of a folder of runs. */
export function closeWorkspace(session: Session, workspaceId: string): Promise<void> {
  const leave = () => session.closeWorkspace(workspaceId);
  return askedLeaving.leave(session.snapshot().tasks, { runId: workspaceId, leave });
}

/** Closes what is shown: a run, a folder of runs or a checkpoint; not the table of all runs, which is none of them. */
export async function closeShown(session: Session): Promise<void> {
  const { currentId, runs, workspaces, checkpoints } = session.snapshot();
  if (currentId === null) return;
  if (runs.some(({ runId }) => runId === currentId)) return closeRun(session, currentId);
  if (workspaces.some(({ workspaceId }) => workspaceId === currentId))
    return closeWorkspace(session, currentId);
  if (checkpoints.some(({ checkpointId }) => checkpointId === currentId))
    return session.closeCheckpoint(currentId);
}

/** Reads a run in the way of this framework alone, null for what is recognised: it is closed, and opened anew. */
export function chooseLayout(session: Session, runId: string, layout: string | null): Promise<void> {
  const leave = () => session.chooseLayout(runId, layout);
  return askedLeaving.leave(session.snapshot().tasks, { runId, leave });
}

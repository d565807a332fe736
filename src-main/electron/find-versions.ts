import { nameRuns } from '../../shared/model/name-runs.ts';
import type { ModelManager } from '../core/model-manager.ts';
import type { WindowSession } from './window-session.ts';

/** A run that is open in a window, and what it is called among all that are. */
export interface NamedRun {
  runId: string;
  reader: ModelManager;
  name: string;
}

/** A version of a run that is open. */
export interface FoundVersion {
  run: NamedRun;
  id: string;
}

/** What handles of versions stand for, in their order; they may be of several runs. @throws NoSuchHandleError */
export function findVersions(session: WindowSession, versions: readonly number[]): FoundVersion[] {
  const open = session.runs();
  const names = nameRuns(
    open.map(({ manager }) => manager.root),
    open.map(({ toldName }) => toldName),
  );
  const named = new Map(
    open.map(({ runId, manager }, index) => [runId, { runId, reader: manager, name: names[index] ?? '' }]),
  );
  return versions.map((version) => {
    const { runId, handles } = session.runOf(version);
    return { run: named.get(runId) as NamedRun, id: handles.idOf(version) };
  });
}

/** What work on versions is told to be of: their run, or the first of several. There is one version at least. */
export function runIdOf([first]: readonly FoundVersion[]): string {
  return first?.run.runId ?? '';
}

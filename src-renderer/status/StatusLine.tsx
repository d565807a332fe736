import { useMemo } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { ProblemsButton, type VersionsByPath } from '../problems/ProblemsButton.tsx';
import { keepPage } from '../session/kept-view.ts';
import { useSession } from '../session/useSession.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import { TasksButton } from '../tasks/TasksButton.tsx';
import { showAll } from '../versions/filter-rows.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { LayoutMenu } from './LayoutMenu.tsx';
import { TaskOutcome } from './TaskOutcome.tsx';
import { useReturn } from './useReturn.ts';
import { watchWords } from './watch-words.ts';
import './status-line.css';

interface Props {
  run: RunSummary;
  task: Task | null;
  store: RunStore;
  snapshot: VersionsSnapshot;
}

export function StatusLine({ run, task, store, snapshot }: Props) {
  const session = useSession();
  const isBack = useReturn(run.watch.state);
  const versions = useMemo(() => versionsByPath(run.runId, store), [run.runId, store]);
  const words = `${isBack ? 'The folder is back. ' : ''}${watchWords(run)}`;
  return (
    <footer className="status-line">
      <span className="status-facts" title={exactBytes(run.totalBytes)}>
        {plural(snapshot.total, 'version')} · {formatBytes(run.totalBytes)}
      </span>
      <span className="status-watch" data-watch={run.watch.state} title={words} aria-live="polite">
        <span className="watch-dot" data-watch={run.watch.state} aria-hidden="true" />
        <span className="status-words">{words}</span>
      </span>
      <LayoutMenu run={run} />
      {run.runsBelow > 0 && (
        <button
          type="button"
          className="status-button"
          title="Runs in folders below this one are in no list of it: search for them"
          onClick={() => void session.searchBelowRun(run.runId)}
        >
          {plural(run.runsBelow, 'run')} below
        </button>
      )}
      <span className="status-space" />
      {task?.state === 'running' && (
        <TaskBar task={task} onCancel={() => void session.cancelTask(task.taskId)} />
      )}
      {task && task.state !== 'running' && <TaskOutcome task={task} store={store} snapshot={snapshot} />}
      <TasksButton />
      {run.problems.length + run.wrongCount > 0 && (
        <ProblemsButton
          problems={run.problems}
          wrong={run.wrongCount}
          onShowWrong={() => {
            store.setFilter({ ...showAll, onlyProblems: true });
            keepPage(run.runId, 'versions');
          }}
          versions={versions}
        />
      )}
    </footer>
  );
}

/** Versions of a run by their paths. One that the filter hides is shown all the same: it is taken away. */
function versionsByPath(runId: string, store: RunStore): VersionsByPath {
  return {
    find: (paths) => {
      const rows = [...store.snapshot().list.rows()].filter(({ id }) => paths.has(id));
      return new Map(rows.map(({ id, handle }) => [id, handle]));
    },
    show: (handle) => {
      const { list } = store.snapshot();
      if (!list.shown.includes(list.slotOf(handle) ?? -1)) store.setFilter(showAll);
      store.select(handle);
      keepPage(runId, 'versions');
    },
  };
}

import { useMemo } from 'react';
import type { WorkspaceRun, WorkspaceSummary } from '../../shared/model/workspace.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { ProblemsButton } from '../problems/ProblemsButton.tsx';
import { watchWordsOfWorkspace } from '../status/watch-words.ts';
import { TasksButton } from '../tasks/TasksButton.tsx';
import type { WorkspaceSnapshot } from './workspace-store.ts';
import '../status/status-line.css';

interface Props {
  workspace: WorkspaceSummary;
  snapshot: WorkspaceSnapshot;
}

/** How much the runs are that are shown, or chosen; and how the search for them stands. */
export function WorkspaceStatus({ workspace, snapshot: { runs, choice } }: Props) {
  const several = choice.chosen.size > 1;
  const counted = useMemo(
    () => sumOf(several ? runs.filter(({ handle }) => choice.chosen.has(handle)) : runs),
    [runs, choice, several],
  );
  const words = searchWords(workspace);
  const dot = workspace.state === 'done' ? workspace.watch.state : dots[workspace.state];
  return (
    <footer className="status-line">
      <span className="status-facts" title={exactBytes(counted.bytes)}>
        {plural(counted.runs, 'run')}
        {several && ' selected'} · {plural(counted.versions, 'version')} · {formatBytes(counted.bytes)}
      </span>
      <span className="status-watch" data-watch={dot} title={words} aria-live="polite">
        {dot && <span className="watch-dot" data-watch={dot} aria-hidden="true" />}
        <span className="status-words">{words}</span>
      </span>
      <span className="status-space" />
      <TasksButton />
      {workspace.problems.length > 0 && <ProblemsButton problems={workspace.problems} />}
    </footer>
  );
}

const dots: Record<Exclude<WorkspaceSummary['state'], 'done'>, string | undefined> = {
  searching: 'polling',
  stopped: undefined,
  failed: 'gone',
  gone: 'gone',
};

function searchWords({ state, searched, failure, watch }: WorkspaceSummary): string {
  const folders = plural(searched, 'folder');
  switch (state) {
    case 'searching':
      return `Looking… ${folders} so far`;
    case 'done':
      return `Looked into ${folders} · ${watchWordsOfWorkspace(watch)}`;
    case 'stopped':
      return `Stopped after ${folders}: there may be more runs`;
    case 'failed':
      return visibleText(failure ?? 'The search stopped early');
    case 'gone':
      return 'The folder is gone';
  }
}

function sumOf(runs: readonly WorkspaceRun[]): { runs: number; versions: number; bytes: number } {
  let [versions, bytes] = [0, 0];
  for (const run of runs) {
    versions += run.versions;
    bytes += run.bytes;
  }
  return { runs: runs.length, versions, bytes };
}

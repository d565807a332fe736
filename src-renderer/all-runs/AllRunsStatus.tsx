import type { RunSummary } from '../../shared/model/run.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { useSession, useSessionPart } from '../session/useSession.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import { TasksButton } from '../tasks/TasksButton.tsx';
import '../status/status-line.css';

interface Props {
  runs: readonly RunSummary[];
  total: number;
}

/** How much the runs are together, and what goes on in them. */
export function AllRunsStatus({ runs, total }: Props) {
  const session = useSession();
  const tasks = useSessionPart((state) => state.tasks);
  const ids = new Set(runs.map(({ runId }) => runId));
  const running = [...tasks.values()].find(({ runId, state }) => state === 'running' && ids.has(runId));
  const bytes = runs.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  return (
    <footer className="status-line">
      <span className="status-facts" title={exactBytes(bytes)}>
        {plural(total, 'version')} of {plural(runs.length, 'run')} · {formatBytes(bytes)}
      </span>
      <span className="status-space" />
      {running && <TaskBar task={running} onCancel={() => void session.cancelTask(running.taskId)} />}
      <TasksButton />
    </footer>
  );
}

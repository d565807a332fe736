import { IconTrash } from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { ProblemsButton } from '../problems/ProblemsButton.tsx';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { TaskOutcome } from './TaskOutcome.tsx';
import { TaskProgress } from './TaskProgress.tsx';
import { useReturn } from './useReturn.ts';
import { watchWords } from './watch-words.ts';
import './status-line.css';

interface Props {
  run: RunSummary;
  task: Task | null;
  store: RunStore;
  snapshot: RunSnapshot;
  onTrash: () => void;
}

export function StatusLine({ run, task, store, snapshot, onTrash }: Props) {
  const isBack = useReturn(run.watch.state);
  const words = `${isBack ? 'The folder is back. ' : ''}${watchWords(run.watch)}`;
  return (
    <footer className="status-line">
      <span className="status-facts" title={exactBytes(run.totalBytes)}>
        {plural(snapshot.total, 'version')} · {formatBytes(run.totalBytes)}
      </span>
      <span className="status-watch" data-watch={run.watch.state} title={words} aria-live="polite">
        <span className="watch-dot" data-watch={run.watch.state} aria-hidden="true" />
        <span className="status-words">{words}</span>
      </span>
      <span className="status-space" />
      {task?.state === 'running' && <TaskProgress task={task} />}
      {task && task.state !== 'running' && <TaskOutcome task={task} store={store} snapshot={snapshot} />}
      <button type="button" className="status-button" onClick={onTrash}>
        <IconTrash size={14} stroke={1.75} aria-hidden />
        Trash
      </button>
      {run.problems.length > 0 && <ProblemsButton problems={run.problems} />}
    </footer>
  );
}

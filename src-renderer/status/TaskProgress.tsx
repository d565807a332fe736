import { Button } from '@mantine/core';
import type { Task } from '../../shared/model/task.ts';
import { formatCount } from '../format/format-number.ts';
import { useSession } from '../session/useSession.ts';
import { describeProgress } from './progress.ts';

/** A running task: a bar, how far it is in words, and the way to stop it. */
export function TaskProgress({ task }: { task: Task }) {
  const session = useSession();
  const { taskId, bytesDone, bytesTotal, filesDone, filesTotal } = task;
  const share = bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : 0;
  const words = describeProgress(task);
  return (
    <div className="task">
      <span className="task-words">
        Verifying {formatCount(filesDone)} of {formatCount(filesTotal)} · {words}
      </span>
      <div
        className="task-bar"
        role="progressbar"
        aria-label="Verifying"
        aria-valuemin={0}
        aria-valuemax={bytesTotal}
        aria-valuenow={Math.min(bytesDone, bytesTotal)}
        aria-valuetext={words}
      >
        <div className="task-bar-done" style={{ transform: `scaleX(${share})` }} />
      </div>
      <Button size="compact-xs" variant="default" onClick={() => void session.cancelTask(taskId)}>
        Cancel
      </Button>
    </div>
  );
}

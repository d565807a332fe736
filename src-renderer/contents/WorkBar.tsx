import { Button } from '@mantine/core';
import type { Task } from '../../shared/model/task.ts';
import { describeShare, shareOf } from '../status/progress.ts';
import './work-bar.css';

interface Props {
  /** What is being done. */
  words: string;
  /** How far it is; null while that is not known. */
  task: Task | null;
  onCancel: () => void;
}

/** Work that is going on: a bar and the way to stop it. What is over in a moment is never seen. */
export function WorkBar({ words, task, onCancel }: Props) {
  const share = task && shareOf(task);
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <div className="work-bar" role="status">
      <span>
        {words}
        {task && ` ${describeShare(task)}`}
      </span>
      <div
        className="task-bar"
        role="progressbar"
        aria-label={words}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
      >
        <div className="task-bar-done" style={{ transform: `scaleX(${share ?? 0})` }} />
      </div>
      <Button size="compact-xs" variant="default" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

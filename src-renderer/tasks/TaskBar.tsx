import { Button } from '@mantine/core';
import type { Task } from '../../shared/model/task.ts';
import { formatCount } from '../format/format-number.ts';
import { describeProgress } from '../status/progress.ts';
import { shareOf, taskWords } from './task-words.ts';
import './task-bar.css';

interface Props {
  task: Task;
  onCancel: () => void;
}

/** A running task: how far it is, in words and as a bar, and the way to stop it. */
export function TaskBar({ task, onCancel }: Props) {
  const { kind, bytesDone, bytesTotal } = task;
  const isKnown = bytesTotal > 0;
  const progress = {
    'aria-valuemin': 0,
    'aria-valuemax': bytesTotal,
    'aria-valuenow': Math.min(bytesDone, bytesTotal),
    'aria-valuetext': describeProgress(task),
  };
  return (
    <div className="task">
      <span className="task-words">
        {taskWords(kind)}
        {filesOf(task)}
        {isKnown && ` · ${describeProgress(task)}`}
      </span>
      <div
        className="task-bar"
        role="progressbar"
        aria-label={taskWords(kind)}
        {...(isKnown ? progress : {})}
      >
        <div className="task-bar-done" style={{ transform: `scaleX(${shareOf(task) ?? 0})` }} />
      </div>
      <Button size="compact-xs" variant="default" onClick={onCancel}>
        Stop
      </Button>
    </div>
  );
}

function filesOf({ filesDone, filesTotal }: Task): string {
  return filesTotal > 0 ? ` ${formatCount(filesDone)} of ${formatCount(filesTotal)}` : '';
}

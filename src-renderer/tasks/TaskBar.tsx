import { Button } from '@mantine/core';
import type { Task } from '../../shared/model/task.ts';
import { formatCount } from '../format/format-number.ts';
import { describeProgress, shareOf } from '../status/progress.ts';
import { isVerifyingFirst, taskWords } from './task-words.ts';
import './task-bar.css';

interface Props {
  task: Task;
  onCancel: () => void;
}

/** A running task: how far it is, in words and as a bar, and the way to stop it. */
export function TaskBar({ task, onCancel }: Props) {
  const words = describeProgress(task);
  return (
    <div className="task">
      <span className="task-words">
        {taskWords(task)}
        {filesOf(task)}
        {words !== '' && ` · ${words}`}
      </span>
      <div
        className="task-bar"
        role="progressbar"
        aria-label={taskWords(task)}
        {...measuresOf(task, [filesOf(task).trim(), words].filter(Boolean).join(' · '))}
      >
        <div className="task-bar-done" style={{ transform: `scaleX(${shareOf(task) ?? 0})` }} />
      </div>
      <Button size="compact-xs" variant="default" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

/** By bytes where they are known, else by files; nothing while neither is. */
function measuresOf({ bytesDone, bytesTotal, filesDone, filesTotal }: Task, words: string) {
  const [done, total] = bytesTotal > 0 ? [bytesDone, bytesTotal] : [filesDone, filesTotal];
  if (total === 0) return {};
  return {
    'aria-valuemin': 0,
    'aria-valuemax': total,
    'aria-valuenow': Math.min(done, total),
    'aria-valuetext': words,
  };
}

function filesOf(task: Task): string {
  const { filesDone, filesTotal } = task;
  return filesTotal > 0 && !isVerifyingFirst(task)
    ? ` ${formatCount(filesDone)} of ${formatCount(filesTotal)}`
    : '';
}

import { notifications } from '@mantine/notifications';
import type { Failure } from '../../shared/failure.ts';
import { showLateFailure } from '../bridge/show-failure.ts';
import { staying } from '../bridge/staying.ts';
import { ToastWords } from '../bridge/ToastWords.tsx';
import { visibleText } from '../format/visible-text.ts';
import type { Session } from '../session/session.ts';
import { nameOfOpen } from '../session/session-state.ts';
import { taskWords } from './task-words.ts';

/** Tells that long work failed which nobody was looking at, until somebody has read it. @param taskId null where it never began */
export function showBackgroundFailure(session: Session, taskId: string | null, failure: Failure): void {
  const state = session.snapshot();
  const task = taskId === null ? undefined : state.tasks.get(taskId);
  if (!task) return showLateFailure(failure);
  const name = nameOfOpen(state, task.runId);
  const show = () => {
    notifications.hide(toast);
    session.openTasks(true);
  };
  const toast = notifications.show({
    color: 'var(--mismatch)',
    ...staying,
    title: visibleText(`${taskWords(task)} failed: ${name}`),
    message: <ToastWords words={visibleText(failure.message)} button="Show what went wrong" onPress={show} />,
  });
}

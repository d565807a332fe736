import { Popover } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import type { Task } from '../../shared/model/task.ts';
import { formatDuration } from '../format/format-time.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { nameOfOpen } from '../session/session-state.ts';
import { useSession, useSessionState } from '../session/useSession.ts';
import { TaskBar } from './TaskBar.tsx';
import { taskWords } from './task-words.ts';
import '../records/record-table.css';

/** Everything that takes long, of all open runs: what goes on, and what is over. */
export function TasksButton() {
  const session = useSession();
  const { tasks, tasksOpened: opened } = useSessionState();
  const all = [...tasks.values()].reverse();
  const running = all.filter(({ state }) => state === 'running');
  return (
    <Popover
      opened={opened}
      onDismiss={() => session.openTasks(false)}
      position="top-end"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className="status-button"
          aria-expanded={opened}
          onClick={() => session.openTasks(!opened)}
        >
          <IconActivity size={14} stroke={1.75} aria-hidden />
          {running.length > 0 ? plural(running.length, 'task') : 'Tasks'}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="tasks-list">
          {all.length === 0 && <p className="record-dim">No tasks are running.</p>}
          <RunningTasks tasks={running} />
          {all
            .filter(({ state }) => state !== 'running')
            .map((task) => (
              <EndedTask key={task.taskId} task={task} />
            ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function RunningTasks({ tasks }: { tasks: readonly Task[] }) {
  const session = useSession();
  const state = useSessionState();
  return tasks.map((task) => (
    <section key={task.taskId} data-task={task.kind}>
      <p className="tasks-run">
        <bdi>{visibleText(nameOfOpen(state, task.runId))}</bdi>
      </p>
      <TaskBar task={task} onCancel={() => void session.cancelTask(task.taskId)} />
    </section>
  ));
}

const ends: Record<Exclude<Task['state'], 'running'>, string> = {
  done: 'done',
  cancelled: 'stopped',
  failed: 'failed',
};

function EndedTask({ task }: { task: Task }) {
  const { kind, runId, state, seconds, message } = task;
  const session = useSessionState();
  if (state === 'running') return null;
  const name = visibleText(nameOfOpen(session, runId));
  return (
    <div className="tasks-ended" data-task={kind}>
      <span>
        {taskWords(task)} <bdi>{name}</bdi>
      </span>
      <span className="record-state" data-state={state}>
        {ends[state]} in {formatDuration(seconds)}
      </span>
      {message !== null && <span className="tasks-reason">{visibleText(message)}</span>}
    </div>
  );
}

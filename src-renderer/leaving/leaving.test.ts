import { expect, test, vi } from 'vitest';
import type { Task, TaskKind } from '../../shared/model/task.ts';
import { askedLeaving } from './leaving.ts';

const tasks = (kind: TaskKind, state: Task['state'] = 'running', runId = 'r') => {
  const task: Task = {
    taskId: 't',
    runId,
    kind,
    state,
    filesDone: 0,
    filesTotal: 0,
    bytesDone: 0,
    bytesTotal: 0,
    seconds: 1,
    partSeconds: 1,
    problems: 0,
    message: null,
  };
  return new Map([['t', task]]);
};

test.each([tasks('verify'), tasks('back up', 'done'), tasks('back up', 'running', 'other'), new Map()])(
  'what stops nothing that is to be done is closed at once',
  async (known) => {
    const leave = vi.fn(async () => undefined);
    await askedLeaving.leave(known, { runId: 'r', leave });
    expect([leave.mock.calls.length, askedLeaving.snapshot()]).toEqual([1, null]);
  },
);

test.each<TaskKind>(['back up', 'restore', 'prune', 'seal', 'export', 'benchmark'])(
  'what would stop work (%s) is asked about first, and closed where that is meant',
  async (kind) => {
    const leave = vi.fn(async () => undefined);
    for (const isMeant of [false, true]) {
      await askedLeaving.leave(tasks(kind), { runId: 'r', leave });
      expect([leave.mock.calls.length, askedLeaving.snapshot()?.runId]).toEqual([0, 'r']);
      await askedLeaving.answer(isMeant);
      expect([leave.mock.calls.length, askedLeaving.snapshot()]).toEqual([isMeant ? 1 : 0, null]);
    }
  },
);

import { expect, test } from 'vitest';
import type { Task } from '../../shared/model/task.ts';
import { endWords, escapeMarkup } from './end-words.ts';

const task: Task = {
  taskId: 't',
  runId: 'r',
  kind: 'verify',
  state: 'done',
  filesDone: 26,
  filesTotal: 26,
  bytesDone: 1,
  bytesTotal: 1,
  seconds: 60,
  partSeconds: 60,
  problems: 2,
  message: null,
};

test('the end of long work is told with what it found, or why it failed', () => {
  expect(endWords(task, 'ppo')).toEqual({ title: 'Verified', body: 'ppo: 2 with a problem' });
  expect(endWords({ ...task, problems: 0 }, 'ppo')?.body).toBe('ppo: nothing is wrong');
  expect(endWords({ ...task, kind: 'back up' }, 'ppo')).toEqual({ title: 'Backed up', body: 'ppo' });
  expect(endWords({ ...task, state: 'failed', kind: 'export', message: 'the disk is full' }, 'ppo')).toEqual({
    title: 'The export failed',
    body: 'ppo: the disk is full',
  });
});

test('a failure is told however soon it came', () => {
  const failed = { ...task, state: 'failed', kind: 'back up', seconds: 0.1, message: 'no room' } as const;
  expect(endWords(failed, 'ppo')).toEqual({ title: 'The backup failed', body: 'ppo: no room' });
});

test('what was short, goes on, or was cancelled by the person is not told', () => {
  expect(endWords({ ...task, seconds: 0.5 }, 'ppo')).toBeNull();
  expect(endWords({ ...task, state: 'running' }, 'ppo')).toBeNull();
  expect(endWords({ ...task, state: 'cancelled' }, 'ppo')).toBeNull();
});

test('what is written like markup in a name stays as it is written', () => {
  expect(escapeMarkup('<b>a & b</b>')).toBe('&lt;b&gt;a &amp; b&lt;/b&gt;');
});

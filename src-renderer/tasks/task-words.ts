import type { Task, TaskKind } from '../../shared/model/task.ts';

const doing: Record<TaskKind, string> = {
  verify: 'Verifying',
  'back up': 'Backing up',
  'verify backups': 'Verifying backups',
  restore: 'Restoring',
  export: 'Exporting',
  'plan a prune': 'Reading the versions that would stay',
  prune: 'Pruning',
  seal: 'Sealing',
  compare: 'Comparing',
  measure: 'Measuring',
};

/** What a task does, as the beginning of a line. */
export function taskWords(kind: TaskKind): string {
  return doing[kind];
}

/** Between 0 and 1; null while it cannot be told. */
export function shareOf({ bytesDone, bytesTotal }: Pick<Task, 'bytesDone' | 'bytesTotal'>): number | null {
  return bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : null;
}

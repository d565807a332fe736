import type { Task, TaskKind } from '../../shared/model/task.ts';

const doing: Record<TaskKind, string> = {
  verify: 'Verifying',
  'back up': 'Backing up',
  'verify backups': 'Verifying backups',
  restore: 'Restoring',
  export: 'Exporting',
  'plan a prune': 'Checking the versions that stay',
  prune: 'Pruning',
  seal: 'Sealing',
  compare: 'Comparing',
  measure: 'Measuring',
  benchmark: 'Running the evaluator',
  'plan a conversion': 'Reading the checkpoint',
  convert: 'Writing the other file',
};

/** What a task does, as the beginning of a line. */
export function taskWords(task: Pick<Task, 'kind' | 'bytesTotal'>): string {
  return isVerifyingFirst(task) ? 'Verifying what is measured' : doing[task.kind];
}

/** Whether it is a benchmark that reads what it is of: nothing is run until then. */
export function isVerifyingFirst({ kind, bytesTotal }: Pick<Task, 'kind' | 'bytesTotal'>): boolean {
  return kind === 'benchmark' && bytesTotal > 0;
}

import type { Task, TaskKind } from '../../shared/model/task.ts';

/** Nobody goes away for less, in seconds; that something failed is told all the same. */
const shortest = 1;

const done: Record<TaskKind, string> = {
  verify: 'Verified',
  'back up': 'Backed up',
  'verify backups': 'Backups verified',
  restore: 'Restored',
  export: 'Exported',
  'plan a prune': 'The plan is ready',
  prune: 'Pruned',
  seal: 'Sealed',
  compare: 'Compared',
  measure: 'Measured',
  benchmark: 'The benchmark is done',
  'plan a conversion': 'The checkpoint is read',
  convert: 'The other file is written',
};
const failed: Record<TaskKind, string> = {
  verify: 'Verifying stopped',
  'back up': 'The backup failed',
  'verify backups': 'Verifying backups stopped',
  restore: 'The restore failed',
  export: 'The export failed',
  'plan a prune': 'There is no plan',
  prune: 'The prune failed',
  seal: 'Sealing failed',
  compare: 'Comparing failed',
  measure: 'Measuring failed',
  benchmark: 'The benchmark failed',
  'plan a conversion': 'The checkpoint cannot be written as another file',
  convert: 'The other file is not written',
};

/** The text of a notification for systems that take it for markup, as Linux does. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How the end of long work is told to who looks elsewhere: a title, and what it was about; null where it is not worth it. */
export function endWords(
  { kind, state, seconds, message, problems }: Task,
  run: string,
): { title: string; body: string } | null {
  if (state === 'running' || state === 'cancelled') return null;
  if (state === 'failed') return { title: failed[kind], body: `${run}: ${message ?? 'no reason given'}` };
  if (seconds < shortest) return null;
  if (kind !== 'verify') return { title: done[kind], body: run };
  const found = problems === 0 ? 'nothing is wrong' : `${problems} with a problem`;
  return { title: done[kind], body: `${run}: ${found}` };
}

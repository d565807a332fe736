import { CloseButton } from '@mantine/core';
import { problemStates } from '../../shared/model/integrity.ts';
import type { Task } from '../../shared/model/task.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { formatDuration } from '../format/format-time.ts';
import { visibleText } from '../format/visible-text.ts';
import { useSession } from '../session/useSession.ts';
import { summariseCounts } from '../table/integrity-words.ts';
import { showAll } from '../versions/filter-rows.ts';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';

interface Props {
  task: Task;
  store: RunStore;
  snapshot: RunSnapshot;
}

/** What a task that ended has found, until it is dismissed. */
export function TaskOutcome({ task, store, snapshot: { counts } }: Props) {
  const session = useSession();
  const problems = problemStates.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  const words = describeOutcome(task, summariseCounts(counts));
  return (
    <div className="outcome" data-problems={problems > 0 || undefined} role="status">
      <span className="outcome-words" title={words}>
        {words}
      </span>
      {problems > 0 && (
        <button
          type="button"
          className="link"
          onClick={() => store.setFilter({ ...showAll, onlyProblems: true })}
        >
          Show {problems === 1 ? 'the problem' : `the ${formatCount(problems)} problems`}
        </button>
      )}
      <CloseButton size="xs" aria-label="Dismiss" onClick={() => session.dismissTask(task.taskId)} />
    </div>
  );
}

function describeOutcome(
  { state, message, filesDone, filesTotal, bytesDone, seconds }: Task,
  counts: string,
) {
  switch (state) {
    case 'cancelled':
      return `Cancelled after ${formatCount(filesDone)} of ${formatCount(filesTotal)} files: ${counts}`;
    case 'failed':
      return `Verify stopped: ${visibleText(message ?? 'no reason given')}`;
    default:
      return `${counts} · ${formatBytes(bytesDone)} in ${formatDuration(seconds)}`;
  }
}

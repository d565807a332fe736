import { CloseButton } from '@mantine/core';
import { type IntegrityState, isProblem, problemStates } from '../../shared/model/integrity.ts';
import type { Task } from '../../shared/model/task.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { formatDuration } from '../format/format-time.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { keepPage } from '../session/kept-view.ts';
import { useSession } from '../session/useSession.ts';
import { countWords } from '../table/integrity-words.ts';
import { showAll } from '../versions/filter-rows.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';

interface Props {
  task: Task;
  store: RunStore;
  snapshot: VersionsSnapshot;
}

/** What a task that ended has found, until it is dismissed. */
export function TaskOutcome({ task, store, snapshot: { counts } }: Props) {
  const session = useSession();
  const wrong = problemStates.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  // What became of the versions since, no check has said.
  const pieces = describeOutcome(task, countPieces(new Map(task.found)));
  return (
    <div className="outcome" role="status">
      <span className="outcome-words" title={pieces.map(({ text }) => text).join('')}>
        {pieces.map(({ text, state }) => (
          <span key={text} data-problem={(state && isProblem(state)) || undefined}>
            {text}
          </span>
        ))}
      </span>
      {wrong > 0 && (
        <button
          type="button"
          className="link"
          onClick={() => {
            store.setFilter({ ...showAll, onlyProblems: true });
            keepPage(store.runId, 'versions');
          }}
        >
          Show {wrong === 1 ? 'the version' : `the ${plural(wrong, 'version')}`}
        </button>
      )}
      <CloseButton size="xs" aria-label="Dismiss" onClick={() => session.dismissTask(task.taskId)} />
    </div>
  );
}

/** A part of a sentence; `state` where it counts files in that state. */
interface Piece {
  text: string;
  state: IntegrityState | null;
}

const plain = (text: string): Piece => ({ text, state: null });

function countPieces(counts: ReadonlyMap<IntegrityState, number>): Piece[] {
  return countWords(counts).map(([state, text], index) => ({
    text: index === 0 ? text : `, ${text}`,
    state,
  }));
}

function describeOutcome(
  { state, message, filesDone, filesTotal, bytesDone, seconds }: Task,
  counts: Piece[],
): Piece[] {
  switch (state) {
    case 'cancelled':
      return [
        plain(`Stopped after ${formatCount(filesDone)} of ${formatCount(filesTotal)} files: `),
        ...counts,
      ];
    case 'failed':
      return [plain(`Verifying stopped: ${visibleText(message ?? 'no reason given')}`)];
    default:
      return [...counts, plain(` · ${formatBytes(bytesDone)} in ${formatDuration(seconds)}`)];
  }
}

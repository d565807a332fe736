import { IconStack3 } from '@tabler/icons-react';
import { formatCount } from '../format/format-number.ts';
import { allRunsId, runsTogether, type SessionState } from '../session/session-state.ts';
import { useSession } from '../session/useSession.ts';

/** The way to the table of all open runs. */
export function AllRuns({ state }: { state: SessionState }) {
  const session = useSession();
  const isCurrent = state.currentId === allRunsId;
  const count = runsTogether(state).reduce((sum, { versionCount }) => sum + versionCount, 0);
  return (
    <li className="run-item" data-current={isCurrent || undefined}>
      <button
        type="button"
        className="run-open"
        aria-current={isCurrent ? 'true' : undefined}
        title="The versions of all open runs in one table"
        onClick={() => session.showAllRuns()}
      >
        <IconStack3 className="recent-icon" size={13} stroke={1.75} aria-hidden />
        <span className="run-name">All open runs</span>
        <span className="run-count">{formatCount(count)}</span>
      </button>
    </li>
  );
}

import { Checkbox, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { SessionState } from '../session/session-state.ts';
import { useSession } from '../session/useSession.ts';
import './all-runs.css';

interface Props {
  state: SessionState;
  runs: TableRuns;
}

/** What the table is of, and which of the open runs are in it. */
export function AllRunsHeader({ state, runs }: Props) {
  const session = useSession();
  const shown = new Set(runs.all.map(({ runId }) => runId));
  const count = runs.all.length === state.runs.length ? '' : ` of ${formatCount(state.runs.length)}`;
  return (
    <header className="run-header">
      <h1>All open runs</h1>
      <span className="run-folder">{runs.all.map((run) => runs.nameOf(run)).join(', ')}</span>
      <Popover position="bottom-end" shadow="md" trapFocus returnFocus transitionProps={{ duration: 0 }}>
        <Popover.Target>
          <button type="button" className="run-metric" title="Which of the open runs are in this table">
            <span>{count === '' ? plural(runs.all.length, 'run') : `${runs.all.length}${count} runs`}</span>
            <IconChevronDown size={14} stroke={1.75} aria-hidden />
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <fieldset className="runs-picker" aria-label="Runs in this table">
            {state.runs.map((run) => (
              <Checkbox
                key={run.runId}
                size="xs"
                label={runs.nameOf(run)}
                checked={shown.has(run.runId)}
                // One is always left: a table of nothing tells nobody anything.
                disabled={shown.size === 1 && shown.has(run.runId)}
                onChange={(event) => session.showTogether(run.runId, event.currentTarget.checked)}
              />
            ))}
          </fieldset>
        </Popover.Dropdown>
      </Popover>
    </header>
  );
}

import { Button, NativeSelect } from '@mantine/core';
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import type { WorkspaceSummary } from '../../shared/model/workspace.ts';
import { ofRuns } from '../../shared/query/language/fields.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { QueryBox } from '../query/QueryBox.tsx';
import { useQueryText } from '../query/useQueryText.ts';
import { ReasonButton } from '../run/ReasonButton.tsx';
import { useSession } from '../session/useSession.ts';
import type { WorkspaceActions } from './useWorkspaceCommands.ts';
import { whyNotCompare, whyNotOpen, whyNotPrune } from './why-not.ts';
import type { WorkspaceSnapshot, WorkspaceStore } from './workspace-store.ts';
import '../toolbar/toolbar.css';

interface Props {
  workspace: WorkspaceSummary;
  store: WorkspaceStore;
  snapshot: WorkspaceSnapshot;
  actions: WorkspaceActions;
  onLeave: () => void;
}

const words = { vocabulary: ofRuns, metrics: [], wordsOf: () => [] };
const knownWords = () => words;

/** Which runs are shown, what can be done to those that are chosen, and the search that finds them. */
export function WorkspaceToolbar({ workspace, store, snapshot, actions, onLeave }: Props) {
  const { runs, total, filter, fault, isPartial, groupings, groupBy, choice } = snapshot;
  const query = useQueryText({ text: filter.text, fault, isPartial }, (text, typing) =>
    store.setFilter({ text, typing }),
  );
  const count = choice.chosen.size;
  return (
    <div className="toolbar" role="toolbar" aria-label="Runs">
      <QueryBox
        query={query}
        known={knownWords}
        label="Filter runs"
        placeholder="Words, or versions > 10 and problems = 0"
        onLeave={onLeave}
      />
      <span className="toolbar-count" role="status">
        {runs.length === total
          ? plural(total, 'run')
          : `${formatCount(runs.length)} of ${formatCount(total)}`}
        {query.partly && <span className="toolbar-partly"> · {query.partly}</span>}
      </span>
      <NativeSelect
        className="runs-group-by"
        size="xs"
        aria-label="Group runs by"
        value={groupBy ?? ''}
        data={[
          { value: '', label: 'Not grouped' },
          ...groupings.map(({ id, label }) => ({ value: id, label: `By ${label}` })),
        ]}
        onChange={(event) => store.groupBy(event.currentTarget.value || null)}
      />
      <span className="toolbar-space" />
      <ReasonButton why={whyNotOpen(count)} onClick={actions.open}>
        {count > 1 ? `Open ${formatCount(count)} runs` : 'Open run'}
      </ReasonButton>
      <ReasonButton variant="default" why={whyNotCompare(count)} onClick={actions.compare}>
        Compare best
      </ReasonButton>
      <ReasonButton variant="default" why={whyNotPrune(actions.pruneCount())} onClick={actions.prune}>
        {pruneLabel(count)}
      </ReasonButton>
      <SearchButton workspace={workspace} onSearch={actions.searchAgain} />
    </div>
  );
}

/** Of which runs it is: those chosen may be out of sight. */
function pruneLabel(count: number): string {
  if (count === 0) return 'Prune all…';
  return count === 1 ? 'Prune…' : `Prune ${formatCount(count)}…`;
}

function SearchButton({
  workspace: { workspaceId, state },
  onSearch,
}: {
  workspace: WorkspaceSummary;
  onSearch: () => void;
}) {
  const session = useSession();
  if (state === 'searching')
    return (
      <Button
        variant="default"
        data-icon-alone
        aria-label="Stop searching"
        leftSection={<IconPlayerStop size={16} stroke={1.75} />}
        title="Stop searching"
        onClick={() => void session.workspaces.stopSearch(workspaceId)}
      >
        Stop searching
      </Button>
    );
  return (
    <Button
      variant="default"
      data-icon-alone
      aria-label="Search again"
      leftSection={<IconRefresh size={16} stroke={1.75} />}
      disabled={state === 'gone'}
      title="Search for runs again (F5)"
      onClick={onSearch}
    >
      Search again
    </Button>
  );
}

import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import type { WorkspaceSummary } from '../../shared/model/workspace.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { Notice } from '../run/Notice.tsx';
import { useSession } from '../session/useSession.ts';
import { stateToTell } from './run-words.ts';
import type { WorkspaceSnapshot, WorkspaceStore } from './workspace-store.ts';

interface Props {
  workspace: WorkspaceSummary;
  store: WorkspaceStore;
  snapshot: WorkspaceSnapshot;
  onSearch: () => void;
}

/** Why the table of runs shows none, and what to do about it. */
export function WorkspaceNotice({ workspace, store, snapshot, onSearch }: Props) {
  if (snapshot.total > 0)
    return (
      <NothingMatches
        text={snapshot.filter.text}
        onClear={() => store.setFilter({ text: '', typing: false })}
      />
    );
  const again = <Button onClick={onSearch}>Search again</Button>;
  switch (stateToTell(workspace.state, snapshot.loading)) {
    case 'searching':
      return <Looking searched={workspace.searched} />;
    case 'gone':
      return (
        <Notice title="The folder is gone">The search starts again as soon as the folder is back.</Notice>
      );
    case 'failed':
      return (
        <Notice title="This folder cannot be searched" action={again}>
          {visibleText(workspace.failure ?? '')}
        </Notice>
      );
    case 'stopped':
      return (
        <Notice title="No run found before you stopped" action={again}>
          {plural(workspace.searched, 'folder')} {workspace.searched === 1 ? 'was' : 'were'} looked into.
        </Notice>
      );
    case 'done':
      return <NoRuns workspace={workspace} again={again} />;
  }
}

function Looking({ searched }: { searched: number }) {
  return (
    <div className="notice notice-late" role="status">
      <Loader size={22} />
      <p>Searching for runs… {plural(searched, 'folder')} so far</p>
    </div>
  );
}

function NoRuns({
  workspace: { workspaceId, searched },
  again,
}: {
  workspace: WorkspaceSummary;
  again: ReactNode;
}) {
  const session = useSession();
  const actions = (
    <div className="workspace-actions">
      {again}
      <Button variant="default" onClick={() => void session.openAsRun(workspaceId)}>
        Open it as a run
      </Button>
    </div>
  );
  return (
    <Notice title="No runs here" action={actions}>
      Cairn looked into {plural(searched, 'folder')} and found no checkpoint, and no folder that trainings
      save into. If a training is about to save here, open the folder as a run: its first version will appear
      by itself.
    </Notice>
  );
}

function NothingMatches({ text, onClear }: { text: string; onClear: () => void }) {
  const clear = (
    <Button variant="default" onClick={onClear}>
      Show all runs
    </Button>
  );
  return (
    <Notice title="Nothing matches" action={clear}>
      No run is what “{visibleText(text.trim())}” asks for.
    </Notice>
  );
}

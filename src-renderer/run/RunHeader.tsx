import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { BestOfRun } from '../best/BestOfRun.tsx';
import { MetricButton } from '../best/MetricButton.tsx';
import { visibleText } from '../format/visible-text.ts';
import { useSession } from '../session/useSession.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { readOnlyWords } from './read-only-words.ts';
import { WorkspaceLink } from './WorkspaceLink.tsx';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: VersionsSnapshot;
}

export function RunHeader({ run, store, snapshot }: Props) {
  const { name, toldName, folder, watch, readOnly } = run;
  return (
    <header className="run-header">
      <WorkspaceLink run={run} />
      <h1>
        <bdi>{visibleText(toldName === null ? name : `${name} (${toldName})`)}</bdi>
      </h1>
      <bdi className="run-folder" title={visibleText(folder)}>
        {visibleText(folder)}
        {watch.state === 'gone' && (
          <b>
            {' '}
            is gone
            {snapshot.total > 0 ? ': this is what was last known of it' : ', and no version is known of it'}
          </b>
        )}
      </bdi>
      {watch.renamed !== undefined && <OpenRenamed run={run} name={watch.renamed} />}
      {readOnly && (
        <span className="run-read-only" title={readOnlyWords}>
          <IconLock size={13} stroke={2} aria-hidden /> Read-only: no pruning, restoring or trash
        </span>
      )}
      <BestOfRun run={run} store={store} best={snapshot.list.best} />
      <MetricButton run={run} snapshot={snapshot} />
    </header>
  );
}

/** The way to a run whose folder has another name now. A link in its place says where it is: that is followed unasked. */
function OpenRenamed({ run: { runId, watch }, name }: { run: RunSummary; name: string }) {
  const session = useSession();
  const asked = useRef(false);
  useEffect(() => {
    if (!watch.linked || asked.current) return;
    asked.current = true;
    void session.openRenamed(runId);
  }, [session, runId, watch.linked]);
  return (
    <Button size="compact-xs" onClick={() => void session.openRenamed(runId)}>
      Open {visibleText(name)}
    </Button>
  );
}

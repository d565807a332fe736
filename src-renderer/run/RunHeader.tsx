import { IconLock } from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import { MetricButton } from '../best/MetricButton.tsx';
import { visibleText } from '../format/visible-text.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { readOnlyWords } from './read-only-words.ts';
import { WorkspaceLink } from './WorkspaceLink.tsx';

export function RunHeader({ run, snapshot }: { run: RunSummary; snapshot: VersionsSnapshot }) {
  const { name, folder, watch, readOnly } = run;
  return (
    <header className="run-header">
      <WorkspaceLink run={run} />
      <h1>
        <bdi>{visibleText(name)}</bdi>
      </h1>
      <bdi className="run-folder" title={visibleText(folder)}>
        {visibleText(folder)}
        {watch.state === 'gone' && <b> is gone: this is what was last known of it</b>}
      </bdi>
      {readOnly && (
        <span className="run-read-only" title={readOnlyWords}>
          <IconLock size={13} stroke={2} aria-hidden /> Read-only: no pruning, restoring or trash
        </span>
      )}
      <MetricButton run={run} list={snapshot.list} metrics={snapshot.metrics} />
    </header>
  );
}

import { type Ref, useMemo } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import type { TablePalette } from '../palette/palette-command.ts';
import { RunTools } from '../toolbar/RunTools.tsx';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { overviewOf } from './RunDetails.tsx';
import { RunNotice } from './RunNotice.tsx';
import type { RunActions } from './useRunActions.ts';
import { useTableRuns } from './useTableRuns.ts';
import { VersionsPage } from './VersionsPage.tsx';

interface Props {
  run: RunSummary;
  task: Task | null;
  store: RunStore;
  snapshot: VersionsSnapshot;
  actions: RunActions;
  palette: Ref<TablePalette>;
}

/** The versions of one run. */
export function RunVersions({ run, task, store, snapshot, actions, palette }: Props) {
  const runs = useTableRuns(useMemo(() => [run], [run]));
  return (
    <VersionsPage
      runs={runs}
      place={{ views: run.folder, layout: null }}
      store={store}
      snapshot={snapshot}
      actions={actions}
      bestOfAll={null}
      tools={
        <RunTools
          run={run}
          task={task}
          empty={snapshot.total === 0}
          isUnverified={snapshot.counts.has('unverified')}
          actions={actions}
        />
      }
      notice={<RunNotice run={run} store={store} snapshot={snapshot} actions={actions} />}
      overview={overviewOf({ run, store, snapshot, actions })}
      palette={palette}
    />
  );
}

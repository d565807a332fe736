import { useMemo } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { RunOverview } from '../details/RunOverview.tsx';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import type { RunActions } from './useRunActions.ts';
import { useTableRuns } from './useTableRuns.ts';
import { VersionsDetails } from './VersionsDetails.tsx';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: VersionsSnapshot;
  actions: RunActions;
}

/** The details of what is chosen in a run, beside something other than its table. */
export function RunDetails(props: Props) {
  const { run, store, snapshot, actions } = props;
  const runs = useTableRuns(useMemo(() => [run], [run]));
  return (
    <VersionsDetails
      runs={runs}
      store={store}
      snapshot={snapshot}
      actions={actions}
      overview={overviewOf(props)}
    />
  );
}

/** What is shown of a run while none of its versions is chosen. */
export function overviewOf({ run, store, snapshot, actions }: Props) {
  const body = (
    <RunOverview run={run} store={store} snapshot={snapshot} onDrift={() => actions.open('drift')} />
  );
  return { title: 'This run', body };
}

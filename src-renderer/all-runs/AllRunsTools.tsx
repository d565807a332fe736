import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { ReasonButton } from '../run/ReasonButton.tsx';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { useSession } from '../session/useSession.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';

interface Props {
  runs: TableRuns;
  snapshot: VersionsSnapshot;
  actions: RunActions;
}

/** What can be done to all runs of the table, and the way to the charts of one. */
export function AllRunsTools({ runs, snapshot, actions }: Props) {
  const session = useSession();
  const { list, choice, total } = snapshot;
  const isOfOne = useMemo(
    () => areOfOne([...choice.chosen].map((handle) => list.get(handle)?.runId)),
    [choice, list],
  );
  return (
    <>
      <Button
        leftSection={<IconShieldCheck size={16} stroke={1.75} />}
        disabled={total === 0}
        onClick={() => void session.verifyAll(runs.all)}
      >
        {runs.areSeveral ? 'Verify these runs' : 'Verify this run'}
      </Button>
      <ReasonButton
        variant="default"
        why={
          isOfOne
            ? null
            : 'Charts show one run at a time: choose versions of one run, or the run itself at the left.'
        }
        onClick={() => actions.show('charts')}
      >
        Charts
      </ReasonButton>
    </>
  );
}

function areOfOne(runIds: readonly (string | undefined)[]): boolean {
  const [first] = runIds;
  return first !== undefined && runIds.every((runId) => runId === first);
}

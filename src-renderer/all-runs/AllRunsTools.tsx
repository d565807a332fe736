import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { TableRuns } from '../run/table-runs.ts';
import { useSession } from '../session/useSession.ts';

/** What can be done to all runs of the table. */
export function AllRunsTools({ runs, total }: { runs: TableRuns; total: number }) {
  const session = useSession();
  return (
    <Button
      leftSection={<IconShieldCheck size={16} stroke={1.75} />}
      disabled={total === 0}
      onClick={() => void session.verifyAll(runs.all)}
    >
      {runs.areSeveral ? 'Verify these runs' : 'Verify this run'}
    </Button>
  );
}

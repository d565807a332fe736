import { Button } from '@mantine/core';
import { IconCheck, IconCopy, IconFolder } from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { MarksSection } from '../marks/MarksSection.tsx';
import type { RunActions } from '../run/useRunActions.ts';
import { useSession } from '../session/useSession.ts';
import { useCopyChecksum } from '../table/useCopyChecksum.ts';
import { Facts } from './Facts.tsx';
import { IntegrityBlock } from './IntegrityBlock.tsx';
import { JsonSection } from './JsonSection.tsx';
import { useVersionDetails } from './useVersionDetails.ts';
import { VersionActions } from './VersionActions.tsx';

interface Props {
  run: RunSummary;
  row: VersionRow;
  actions: RunActions;
}

/** Everything known of one version: at once what the table knows, then what only its files tell. */
export function VersionSheet({ run, row, actions }: Props) {
  const { runId } = run;
  const session = useSession();
  const details = useVersionDetails(runId, row);
  const { copied, copy } = useCopyChecksum(runId);
  const reveal = () => valueOrNotice(window.cairn.request('revealVersion', { runId, version: row.handle }));
  return (
    <>
      <IntegrityBlock row={row} />
      <div className="details-actions">
        <Button
          variant="default"
          leftSection={<IconFolder size={15} stroke={1.75} />}
          onClick={() => void reveal()}
        >
          Show in folder
        </Button>
        <Button
          variant="default"
          disabled={row.checksum === null}
          leftSection={copied === row.handle ? <IconCheck size={15} /> : <IconCopy size={15} stroke={1.75} />}
          onClick={() => copy(row.handle)}
        >
          Copy checksum
        </Button>
        <VersionActions run={run} row={row} actions={actions} />
      </div>
      <MarksSection store={session.storeOf(runId)} rows={[row]} />
      <Facts run={run} row={row} details={details} />
      <JsonSection title="Metrics" value={details?.get('metrics')} open />
      <JsonSection title="Training state" value={details?.get('training_state')} open />
      <JsonSection title="Sidecar" value={details?.get('sidecar')} />
    </>
  );
}

import { Button } from '@mantine/core';
import {
  IconArchive,
  IconArrowsDiff,
  IconFileExport,
  IconPin,
  IconPinnedOff,
  IconShieldCheck,
  IconTrash,
} from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { WritingButton } from '../run/WritingButton.tsx';
import { useSession } from '../session/useSession.ts';
import { exportVersions } from '../verify/export-versions.ts';
import type { VersionDetails } from './version-details.ts';

interface Props {
  run: RunSummary;
  row: VersionRow;
  details: VersionDetails | null;
  actions: RunActions;
}

/** What can be done to one version; all of it can be undone. Pins and backups of a run that must not be written to are kept elsewhere. */
export function VersionActions({ run: { runId, readOnly }, row, details, actions }: Props) {
  const session = useSession();
  const pinned = details?.get('pinned') === true;
  const pin = () =>
    valueOrNotice(window.cairn.request('pinVersion', { runId, version: row.handle, pinned: !pinned }));
  const PinIcon = pinned ? IconPinnedOff : IconPin;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={15} stroke={1.75} />}
        onClick={() => void session.verify(runId, [row])}
      >
        Verify
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowsDiff size={15} stroke={1.75} />}
        onClick={() => actions.open('compare', [row])}
      >
        Compare weights…
      </Button>
      <Button
        variant="default"
        disabled={details === null}
        leftSection={<PinIcon size={15} stroke={1.75} />}
        onClick={() => void pin()}
      >
        {pinned ? 'Unpin' : 'Pin'}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArchive size={15} stroke={1.75} />}
        onClick={() => actions.open('backUp', [row])}
      >
        Back up this version
      </Button>
      <Button
        variant="default"
        disabled={row.integrity.state === 'missing'}
        leftSection={<IconFileExport size={15} stroke={1.75} />}
        onClick={() => void exportVersions(runId, [row])}
      >
        Export…
      </Button>
      <WritingButton
        readOnly={readOnly}
        variant="default"
        disabled={row.integrity.state === 'missing'}
        leftSection={<IconTrash size={15} stroke={1.75} />}
        onClick={() => actions.trash([row])}
      >
        Move to trash
      </WritingButton>
    </>
  );
}

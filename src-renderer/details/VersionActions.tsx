import { Button } from '@mantine/core';
import { IconArchive, IconArrowsDiff, IconPin, IconPinnedOff, IconTrash } from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { togglePins } from '../marks/mark-versions.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { WritingButton } from '../run/WritingButton.tsx';

interface Props {
  run: RunSummary;
  row: VersionRow;
  actions: RunActions;
}

/** What can be done to one version; all of it can be undone. Pins and backups of a run that must not be written to are kept elsewhere. */
export function VersionActions({ run: { runId, readOnly }, row, actions }: Props) {
  const { pinned } = row;
  const PinIcon = pinned ? IconPinnedOff : IconPin;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArrowsDiff size={15} stroke={1.75} />}
        onClick={() => actions.open('compare', [row])}
      >
        Compare weights…
      </Button>
      <Button
        variant="default"
        leftSection={<PinIcon size={15} stroke={1.75} />}
        onClick={() => togglePins(runId, [row])}
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

import { Button } from '@mantine/core';
import { IconArrowsDiff, IconFolder, IconShieldCheck } from '@tabler/icons-react';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import { type CheckpointDeeds, revealCheckpoint } from './checkpoint-commands.ts';

interface Props {
  checkpoint: CheckpointFile;
  actions: CheckpointDeeds;
  busy: boolean;
}

/** What can be done to a checkpoint without a run; none of it changes the file. */
export function CheckpointActions({ checkpoint: { checkpointId, size }, actions, busy }: Props) {
  const isGone = size === null;
  return (
    <div className="checkpoint-actions" role="toolbar" aria-label="This file">
      <Button
        variant="default"
        disabled={isGone || busy}
        title="Read every byte, and compare with the checksum on record if there is one"
        leftSection={<IconShieldCheck size={15} stroke={1.75} />}
        onClick={actions.verify}
      >
        Verify
      </Button>
      <Button
        variant="default"
        disabled={isGone}
        title="Compare its weights with those of another file"
        leftSection={<IconArrowsDiff size={15} stroke={1.75} />}
        onClick={actions.compare}
      >
        Compare with…
      </Button>
      <Button
        variant="default"
        disabled={isGone}
        leftSection={<IconFolder size={15} stroke={1.75} />}
        onClick={() => revealCheckpoint(checkpointId)}
      >
        Show in folder
      </Button>
    </div>
  );
}

import { Button } from '@mantine/core';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import { isRepairable } from '../convert/is-repairable.ts';
import { type CheckpointDeeds, revealCheckpoint } from './checkpoint-commands.ts';

interface Props {
  checkpoint: CheckpointFile;
  actions: CheckpointDeeds;
  busy: boolean;
}

/** What can be done to a checkpoint without a run; none of it changes the file. */
export function CheckpointActions({ checkpoint: { checkpointId, size, integrity }, actions, busy }: Props) {
  const isGone = size === null;
  return (
    <div className="checkpoint-actions" role="toolbar" aria-label="This file">
      <Button
        variant="default"
        disabled={isGone || busy}
        title="Read every byte, and compare with the checksum on record if there is one"
        onClick={actions.verify}
      >
        Verify
      </Button>
      <Button
        variant="default"
        disabled={isGone}
        title="Compare its weights with those of another file"
        onClick={actions.compare}
      >
        Compare with…
      </Button>
      <Button
        variant="default"
        disabled={isGone}
        title="Write what it holds as another file: .safetensors or .pt"
        onClick={actions.convert}
      >
        Convert…
      </Button>
      {isRepairable(integrity) && (
        <Button
          variant="default"
          disabled={isGone}
          title="Write what is still whole in it as another file"
          onClick={actions.repair}
        >
          Repair…
        </Button>
      )}
      <Button variant="default" disabled={isGone} onClick={() => revealCheckpoint(checkpointId)}>
        Show in folder
      </Button>
    </div>
  );
}

import { Button } from '@mantine/core';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import { isRepairable } from '../convert/is-repairable.ts';
import { ReasonButton } from '../run/ReasonButton.tsx';
import { type CheckpointDeeds, isVerifiable, revealCheckpoint } from './checkpoint-commands.ts';

interface Props {
  checkpoint: CheckpointFile;
  actions: CheckpointDeeds;
  busy: boolean;
  /** Why it is no checkpoint; null for one. */
  whyNot: string | null;
}

/** What can be done to a checkpoint without a run; none of it changes the file. */
export function CheckpointActions({ checkpoint, actions, busy, whyNot }: Props) {
  const { checkpointId, size, integrity } = checkpoint;
  const isGone = size === null;
  return (
    <div className="checkpoint-actions" role="toolbar" aria-label="This file">
      <ReasonButton
        variant="default"
        disabled={isGone || busy}
        why={isVerifiable(checkpoint, whyNot) ? null : whyNot}
        title="Read every byte, and compare with the checksum on record if there is one"
        onClick={actions.verify}
      >
        Verify
      </ReasonButton>
      <ReasonButton
        variant="default"
        disabled={isGone}
        why={whyNot}
        title="Compare its weights with those of another file"
        onClick={actions.compare}
      >
        Compare with…
      </ReasonButton>
      <ReasonButton
        variant="default"
        disabled={isGone}
        why={whyNot}
        title="Write what it holds as another file: .safetensors or .pt"
        onClick={actions.convert}
      >
        Convert…
      </ReasonButton>
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

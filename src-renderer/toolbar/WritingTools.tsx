import { Button } from '@mantine/core';
import type { RunActions } from '../run/useRunActions.ts';
import { WritingButton } from '../run/WritingButton.tsx';

interface Props {
  readOnly: boolean;
  /** Whether there is nothing that could be pruned or backed up. */
  empty: boolean;
  actions: RunActions;
}

/** What can be done to the whole run; backing up changes nothing in it. */
export function WritingTools({ readOnly, empty, actions }: Props) {
  return (
    <>
      <WritingButton
        readOnly={readOnly}
        variant="default"
        disabled={empty}
        onClick={() => actions.open('prune')}
      >
        Prune…
      </WritingButton>
      <Button variant="default" disabled={empty} onClick={() => actions.open('backUp')}>
        Back up…
      </Button>
    </>
  );
}

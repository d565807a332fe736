import { ReasonButton } from '../run/ReasonButton.tsx';
import { readOnlyWords } from '../run/read-only-words.ts';
import type { RunActions } from '../run/useRunActions.ts';

interface Props {
  readOnly: boolean;
  /** Why nothing can be done to the run at all; null where something can. */
  whyNothing: string | null;
  /** Whether there is nothing that could be pruned or backed up. */
  empty: boolean;
  actions: RunActions;
}

/** What can be done to the whole run; backing up changes nothing in it. */
export function WritingTools({ readOnly, whyNothing, empty, actions }: Props) {
  return (
    <>
      <ReasonButton
        why={whyNothing ?? (readOnly ? readOnlyWords : null)}
        variant="default"
        disabled={empty}
        onClick={() => actions.open('prune')}
      >
        Prune…
      </ReasonButton>
      <ReasonButton
        why={whyNothing}
        variant="default"
        disabled={empty}
        onClick={() => actions.open('backUp')}
      >
        Back up…
      </ReasonButton>
    </>
  );
}

import { Button } from '@mantine/core';
import { LeftOutList } from '../dialogs/LeftOutList.tsx';
import { leftOutWords } from '../format/plural.ts';
import type { BackedUpTogether } from './backed-up-parts.ts';
import { backedUpWords, leftOutLabel } from './backup-words.ts';

interface Props {
  backedUp: BackedUpTogether;
  onClose: () => void;
}

/** A backup that was made, and what is not in it. */
export function LeftOutReport({ backedUp, onClose }: Props) {
  return (
    <>
      <LeftOut backedUp={backedUp} />
      <div className="dialog-foot">
        <Button data-autofocus onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  );
}

export function LeftOut({ backedUp }: Pick<Props, 'backedUp'>) {
  const { leftOut } = backedUp;
  const named = leftOut.map((version) => ({ ...version, label: leftOutLabel(version) }));
  return (
    <>
      <p className="dialog-summary" role="status">
        {backedUpWords(backedUp)}
        {leftOutWords(leftOut)}.
      </p>
      {leftOut.length > 0 && <LeftOutList versions={named} />}
    </>
  );
}

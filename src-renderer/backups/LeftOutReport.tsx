import { Button } from '@mantine/core';
import { ChangeList } from '../dialogs/ChangeList.tsx';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
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
  const changes = leftOut.map((version) => ({
    id: visibleText(version.id),
    word: 'Left out',
    tone: 'goes' as const,
    label: leftOutLabel(version),
    why: visibleText(version.why),
  }));
  const words = `; ${plural(leftOut.length, 'version')} ${leftOut.length === 1 ? 'was' : 'were'} left out`;
  return (
    <>
      <p className="dialog-summary" role="status">
        {backedUpWords(backedUp)}
        {leftOut.length > 0 && words}.
      </p>
      {leftOut.length > 0 && <ChangeList label="Left out" changes={changes} />}
    </>
  );
}

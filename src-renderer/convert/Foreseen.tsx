import type { ForeseenFile } from '../../shared/ipc/convert-contract.ts';
import { ChangeList } from '../dialogs/ChangeList.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

/** What would be in the other file, what not, and what is wrong with the checkpoint. */
export function Foreseen({ file }: { file: ForeseenFile }) {
  const { tensors, sourceBytes, leftOut, leftOutCount, problems } = file;
  const more = leftOutCount - leftOut.length;
  return (
    <>
      <p className="dialog-summary" role="status">
        {plural(tensors, 'tensor')} out of a checkpoint of {formatBytes(sourceBytes)}
        {leftOutCount === 0 ? '; nothing is left out' : `; ${plural(leftOutCount, 'part')} left out`}
      </p>
      {leftOut.length > 0 && (
        <ChangeList
          label="Left out"
          changes={leftOut.map((name) => ({
            id: visibleText(name),
            word: 'Left out',
            tone: 'goes',
            label: visibleText(name),
            why: '',
          }))}
        />
      )}
      {more > 0 && <p className="dialog-hint">and {plural(more, 'more', 'more')}</p>}
      {problems.map((problem) => (
        <p key={problem} className="dialog-hint">
          {visibleText(problem)}
        </p>
      ))}
    </>
  );
}

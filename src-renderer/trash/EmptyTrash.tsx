import { Button } from '@mantine/core';
import type { Failure } from '../../shared/failure.ts';
import type { Trashed } from '../../shared/ipc/writing-contract.ts';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { nameVersions, reasonWords, sumWords } from './trash-words.ts';

interface Props {
  operations: readonly Trashed[];
  running: boolean;
  failure: Failure | null;
  onEmpty: () => void;
  onKeep: () => void;
}

/** Says what is lost, and asks; nothing but this ends a version for good. */
export function EmptyTrash({ operations, running, failure, onEmpty, onKeep }: Props) {
  return (
    <>
      <p className="dialog-summary">{sumWords(operations)} will be deleted for good.</p>
      <ul className="trash-lost">
        {operations.map((trashed) => (
          <li key={trashed.operation}>
            <b>{reasonWords(trashed.reason)}</b> <bdi>{nameVersions(trashed)}</bdi>
          </li>
        ))}
      </ul>
      <p className="dialog-hint">This cannot be undone. Backups, and what is in the run, stay as they are.</p>
      <DialogFailure failure={failure} />
      <div className="dialog-foot">
        <Button variant="default" data-autofocus disabled={running} onClick={onKeep}>
          Keep them
        </Button>
        <Button color="red.9" loading={running} onClick={onEmpty}>
          Delete for good
        </Button>
      </div>
    </>
  );
}

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { valueOrNotice } from '../bridge/show-failure.ts';
import './undoable.css';

/** Long enough to read, think again and reach the button; in milliseconds. */
const patience = 12_000;

export interface Undoable {
  runId: string;
  /** What to take back; null when that is not possible. */
  operation: string | null;
  done: string;
  undone: string;
}

let latest: string | null = null;

/** Says what was done, with the way back. One at a time: what was done before can be undone from the trash. */
export function showUndoable({ runId, operation, done, undone }: Undoable): void {
  if (latest !== null) notifications.hide(latest);
  const undo = async () => {
    notifications.hide(id);
    if (operation === null) return;
    const back = await valueOrNotice(window.cairn.request('undo', { runId, operation }));
    if (back) notifications.show({ message: undone });
  };
  const id = notifications.show({
    autoClose: patience,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    message: (
      <span className="undoable">
        <span>{done}</span>
        {operation !== null && (
          <Button variant="light" size="compact-sm" onClick={() => void undo()}>
            Undo
          </Button>
        )}
      </span>
    ),
  });
  latest = id;
}

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Result } from '../../shared/failure.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import './undoable.css';

/** Long enough to read, think again and reach the button; in milliseconds. */
const patience = 12_000;

interface Undoable {
  runId: string;
  /** What to take back; null when that is not possible. */
  operation: string | null;
  done: string;
  undone: string;
}

let latest: string | null = null;

/** Says what was done to files of a run, with the way back. What was done before can be undone from the trash. */
export function showUndoable({ runId, operation, done, undone }: Undoable): void {
  const takeBack = operation === null ? [] : [() => window.cairn.request('undo', { runId, operation })];
  showWayBack({ done, undone, takeBack });
}

/** Takes something back. */
export type TakeBack = () => Promise<Result<unknown>>;

interface WayBack extends Pick<Undoable, 'done' | 'undone'> {
  /** One after the other, such as for each of several runs; none where nothing can be taken back. */
  takeBack: readonly TakeBack[];
}

/** Says what was done, with the way back where there is one. One at a time. */
export function showWayBack({ done, undone, takeBack }: WayBack): void {
  if (latest !== null) notifications.hide(latest);
  const undo = async () => {
    notifications.hide(id);
    const results: unknown[] = [];
    for (const one of takeBack) results.push(await valueOrNotice(one()));
    if (results.every(Boolean)) notifications.show({ message: undone });
  };
  const id = notifications.show({
    autoClose: patience,
    message: (
      <span className="undoable">
        <span>{done}</span>
        {takeBack.length > 0 && (
          <Button variant="light" size="compact-sm" onClick={() => void undo()}>
            Undo
          </Button>
        )}
      </span>
    ),
  });
  latest = id;
}

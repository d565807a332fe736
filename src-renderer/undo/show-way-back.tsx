import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Result } from '../../shared/failure.ts';
import { showFailure } from '../bridge/show-failure.ts';
import { shownKeys } from '../commands/key-names.ts';
import { everywhere } from '../commands/shortcuts.ts';
import { type WayBack, waysBack } from './ways-back.ts';
import './way-back.css';

/** Long enough to read, think again and reach the button; in milliseconds. The key works for longer. */
const patience = 12_000;

/** The toast of the last thing that was done. */
let latest: string | null = null;
let underWay = false;

interface Undoable extends Pick<WayBack, 'done' | 'undone'> {
  runId: string;
  /** What to take back; null when that is not possible. */
  operation: string | null;
}

/** Says what was done to files of a run, with the way back where there is one. */
export function showUndoable({ operation, ...act }: Undoable): void {
  if (operation === null) return showDone(act.done, null);
  const { runId } = act;
  showWayBack({ ...act, operation, takeBack: () => window.cairn.request('undo', { runId, operation }) });
}

/** Says what was done, with the way back, which the key for it goes too. */
export function showWayBack(way: WayBack): void {
  waysBack.add(way);
  showDone(way.done, way);
}

/** What was done to one of several runs; `operation` is what its trash calls it, where it does. */
export type PartOfAct = Pick<WayBack, 'operation' | 'takeBack'> & { runId: string };

/** Says what was done to one run or to several, and goes back in all of them. */
export function showWayBackIn(parts: readonly PartOfAct[], words: Pick<WayBack, 'done' | 'undone'>): void {
  const [part, ...others] = parts;
  if (!part) return;
  if (others.length === 0) return showWayBack({ ...part, ...words });
  showWayBack({ ...words, runId: null, operation: null, takeBack: () => takeAllBack(parts) });
}

/** One after the other; what cannot be taken back keeps none of the others from it. @returns the first failure, if there is any */
async function takeAllBack(parts: readonly PartOfAct[]): Promise<Result<unknown>> {
  let failed: Result<unknown> | null = null;
  for (const { takeBack: back } of parts) {
    const result = await back();
    if (!result.ok) failed ??= result;
  }
  return failed ?? { ok: true, value: null };
}

/** Takes back the last thing that was done in this window to a run. */
export async function undoLast(runId: string | null): Promise<void> {
  const way = waysBack.lastOf(runId);
  if (way) return takeBack(way);
  notifications.show({
    message: 'Nothing that was done in this window is left to undo. For what was done before, see History.',
  });
}

/** One at a time: the next is what is last by then. Where it fails it can be tried again, unless nothing of it is left. */
async function takeBack(way: WayBack): Promise<void> {
  if (underWay) return;
  underWay = true;
  if (latest !== null) notifications.hide(latest);
  const result = await way.takeBack().finally(() => {
    underWay = false;
  });
  if (isOver(result)) waysBack.remove(way);
  if (result.ok) notifications.show({ message: way.undone });
  else showFailure(result.failure);
}

function isOver(result: Result<unknown>): boolean {
  return result.ok || result.failure.code === 'ModelNotFound' || result.failure.code === 'NoSuchHandle';
}

/** One at a time. */
function showDone(done: string, way: WayBack | null): void {
  if (latest !== null) notifications.hide(latest);
  latest = notifications.show({
    autoClose: patience,
    message: (
      <span className="way-back">
        <span>{done}</span>
        {way && (
          <Button
            variant="light"
            size="compact-sm"
            title={`Undo (${shownKeys(everywhere.undo.keys[0])})`}
            onClick={() => void takeBack(way)}
          >
            Undo
          </Button>
        )}
      </span>
    ),
  });
}

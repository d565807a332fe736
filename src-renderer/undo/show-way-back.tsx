import { notifications } from '@mantine/notifications';
import { showFailure } from '../bridge/show-failure.ts';
import { ToastWords } from '../bridge/ToastWords.tsx';
import { shownKeys } from '../commands/key-names.ts';
import { everywhere } from '../commands/shortcuts.ts';
import { type PartOfAct, type WayBack, waysBack } from './ways-back.ts';

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
export function showUndoable({ runId, operation, done, undone }: Undoable): void {
  if (operation === null) return showDone(done, null);
  showWayBack({ done, undone, parts: [operationPart(runId, operation)] });
}

/** Part of an act: what the run's trash can bring back. */
export function operationPart(runId: string, operation: string): PartOfAct {
  return { runId, operation, takeBack: () => window.cairn.request('undo', { runId, operation }) };
}

/** Says what was done, with the way back, which the key for it goes too. */
export function showWayBack(way: WayBack): void {
  waysBack.add(way);
  showDone(way.done, way);
}

/** Takes back the last thing that was done in this window to one of these runs. */
export async function undoLast(runIds: readonly string[]): Promise<void> {
  const way = waysBack.lastOf(runIds);
  if (way) return takeBack(way);
  notifications.show({
    message:
      'Nothing in this window to undo. What was removed before waits in the trash; for other changes, see History.',
  });
}

/** One at a time: the next is what is last by then. */
async function takeBack(way: WayBack): Promise<void> {
  if (underWay) return;
  if (latest !== null) notifications.hide(latest);
  const left = waysBack.leftOf(way).length;
  if (left === 0)
    return void notifications.show({
      message: 'It was already undone, or permanently deleted: see History.',
    });
  underWay = true;
  const result = await waysBack.takeBack(way).finally(() => {
    underWay = false;
  });
  if (!result.ok) return showFailure(result.failure);
  if (left < way.parts.length) return void notifications.show({ message: 'The rest of it was undone' });
  const { undone } = way;
  notifications.show({ message: typeof undone === 'string' ? undone : undone(result.value) });
}

/** Says what was done, with a button for the way back; one at a time. */
export function showDone(done: string, way: WayBack | null): void {
  if (latest !== null) notifications.hide(latest);
  latest = notifications.show({
    autoClose: patience,
    message: way ? (
      <ToastWords
        words={done}
        button="Undo"
        title={`Undo (${shownKeys(everywhere.undo.keys[0])})`}
        onPress={() => void takeBack(way)}
      />
    ) : (
      done
    ),
  });
}

import { Button } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import { Dialog } from '../dialogs/Dialog.tsx';
import { visibleText } from '../format/visible-text.ts';
import { nameOfOpen } from '../session/session-state.ts';
import { useSessionState } from '../session/useSession.ts';
import { taskWords } from '../tasks/task-words.ts';
import { askedLeaving, type Leaving, stoppedByLeaving } from './leaving.ts';

/** Asks before a run is closed in which something is being done: that would stop it. */
export function LeavingDialog() {
  const leaving = useSyncExternalStore(askedLeaving.subscribe, askedLeaving.snapshot);
  const [last, setLast] = useState<Leaving | null>(null);
  if (leaving !== null && leaving !== last) setLast(leaving);
  return (
    <Dialog
      title="Stop running tasks?"
      width={520}
      opened={leaving !== null}
      onClose={() => void askedLeaving.answer(false)}
    >
      {last && <Asked leaving={last} />}
    </Dialog>
  );
}

function Asked({ leaving: { runId } }: { leaving: Leaving }) {
  const state = useSessionState();
  const stopped = stoppedByLeaving(state.tasks, runId);
  return (
    <>
      <p className="dialog-summary">
        <span>
          <bdi>{visibleText(nameOfOpen(state, runId))}</bdi>:{' '}
          {stopped.map(taskWords).join(', ') || 'all is done by now'}
        </span>
      </p>
      <p className="dialog-hint">
        {stopped.length > 0
          ? 'When the run is closed, or read in another way, this stops before it is done. It goes on while you look at other runs.'
          : 'Nothing is stopped any more.'}
      </p>
      <div className="dialog-foot">
        <Button variant="default" data-autofocus onClick={() => void askedLeaving.answer(false)}>
          {stopped.length > 0 ? 'Keep running' : 'Cancel'}
        </Button>
        <Button
          {...(stopped.length > 0 && { color: 'red.9' })}
          onClick={() => void askedLeaving.answer(true)}
        >
          {stopped.length > 0 ? 'Stop it' : 'Go on'}
        </Button>
      </div>
    </>
  );
}

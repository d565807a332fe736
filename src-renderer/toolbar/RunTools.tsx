import { IconShieldCheck } from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import { goneWords } from '../run/gone-words.ts';
import { ReasonButton } from '../run/ReasonButton.tsx';
import type { RunActions } from '../run/useRunActions.ts';
import { useSession } from '../session/useSession.ts';
import { VerifyMenu } from '../verify/VerifyMenu.tsx';
import { WritingTools } from './WritingTools.tsx';

interface Props {
  run: RunSummary;
  task: Task | null;
  empty: boolean;
  /** Whether some version was not compared with its recorded checksum yet. */
  isUnverified: boolean;
  actions: RunActions;
}

/** What can be done to the whole of a run. */
export function RunTools({ run, task, empty, isUnverified, actions }: Props) {
  const session = useSession();
  const whyNothing = goneWords(run);
  return (
    <>
      <ReasonButton
        why={whyNothing}
        variant={isUnverified ? 'filled' : 'default'}
        leftSection={<IconShieldCheck size={16} stroke={1.75} />}
        disabled={task?.state === 'running' || empty}
        onClick={() => void session.verify(run.runId)}
      >
        Verify run
      </ReasonButton>
      <VerifyMenu run={run} actions={actions} />
      <WritingTools readOnly={run.readOnly} whyNothing={whyNothing} empty={empty} actions={actions} />
    </>
  );
}

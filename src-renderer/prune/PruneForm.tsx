import { Button } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import type { Call } from '../../shared/command/equivalent-command.ts';
import { RankingWarnings } from '../best/RankingWarnings.tsx';
import { CommandLine } from '../command/CommandLine.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { Waiting } from '../dialogs/Waiting.tsx';
import { formatCount } from '../format/format-number.ts';
import { describeShare } from '../status/progress.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import type { TaskRun } from '../tasks/useTask.ts';
import { RulesForm } from './RulesForm.tsx';
import type { ShownPlan } from './useShownPlan.ts';
import './prune.css';

interface Props {
  form: ComponentProps<typeof RulesForm>;
  shown: ShownPlan<unknown>;
  /** What the plan comes to; null before there is one. */
  sentence: string | null;
  /** What must be known of the metric that it goes by. */
  warnings: readonly string[];
  /** How many versions it removes. */
  removed: number;
  /** The command that does the same; null where there is none. */
  call: Call | null;
  task: TaskRun;
  onPrune: () => void;
  onClose: () => void;
  /** The plan, line by line. */
  children: ReactNode;
}

/** Rules, what they come to as they move, and the way to do it. */
export function PruneForm(props: Props) {
  const { form, shown, sentence, warnings, removed, call, task, onPrune, onClose, children } = props;
  // That nothing goes by the rules that were is not so of those that are.
  const told = shown.current || removed > 0 ? sentence : null;
  return (
    <>
      <RulesForm {...form} />
      <p className="dialog-hint">
        The best, newest, pinned and linked versions always stay. Those that the rules go by are read before
        anything goes.
      </p>
      <PlanState shown={shown} sentence={told} />
      <RankingWarnings warnings={warnings} />
      {children}
      {task.task && <TaskBar task={task.task} onCancel={task.cancel} />}
      <DialogFailure failure={task.failure ?? shown.failure} />
      <div className="dialog-foot">
        {call && <CommandLine calls={[call]} />}
        <Button variant="default" onClick={onClose}>
          {task.running ? 'Go on in the background' : 'Cancel'}
        </Button>
        <Button disabled={!shown.ready || removed === 0} loading={task.running} onClick={onPrune}>
          {removed === 0 ? 'Move to trash' : `Move ${formatCount(removed)} to trash`}
        </Button>
      </div>
    </>
  );
}

function PlanState({ shown: { ready, task, failure }, sentence }: Pick<Props, 'shown' | 'sentence'>) {
  const reading = !ready && failure === null;
  const far = task ? ` ${describeShare(task) || '0%'}` : '';
  return (
    <Waiting waiting={reading} words="Checking the versions that stay…">
      {sentence !== null && (
        <>
          {sentence}
          {reading && <span className="plan-reading"> Checking the versions that stay…{far}</span>}
        </>
      )}
    </Waiting>
  );
}

import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { Waiting } from '../dialogs/Waiting.tsx';
import { formatCount } from '../format/format-number.ts';
import { describeShare } from '../status/progress.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { PlanTable } from './PlanTable.tsx';
import { metricChoices, ownRules, pruneCall, requestOf } from './prune-rules.ts';
import { planSentence } from './prune-words.ts';
import { RulesForm } from './RulesForm.tsx';
import { type ShownPlan, usePrunePlan } from './usePrunePlan.ts';
import { usePruning } from './usePruning.ts';
import './prune.css';

interface Props {
  run: RunSummary;
  snapshot: VersionsSnapshot;
  opened: boolean;
  onClose: () => void;
}

export function PruneDialog({ run, snapshot, opened, onClose }: Props) {
  return (
    <Dialog title="Prune" width={980} opened={opened} onClose={onClose}>
      <Prune run={run} snapshot={snapshot} onClose={onClose} />
    </Dialog>
  );
}

/** Rules, what they come to as they move, and the way to do it. */
function Prune({ run, snapshot: { list, total, metrics }, onClose }: Omit<Props, 'opened'>) {
  const [rules, setRules] = useState(() => ownRules(run));
  const shown = usePrunePlan(run, rules, total);
  const { plan } = shown;
  const { task, prune } = usePruning(onClose, shown.askAgain);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is live; it is gone through when it gets longer or shorter
  const { lastStep, hasReward } = useMemo(() => lookThrough(list), [list, total]);
  const [own] = useState(run.metric.name);
  const names = useMemo(
    () =>
      metricChoices(
        own,
        metrics.map(({ name }) => name),
        hasReward,
      ),
    [own, metrics, hasReward],
  );
  const call = pruneCall(run, rules);
  const removed = plan?.removed ?? 0;
  return (
    <>
      <RulesForm
        run={run}
        rules={rules}
        metrics={names}
        total={total}
        lastStep={lastStep}
        onChange={setRules}
      />
      <p className="dialog-hint">
        The best, the newest, pinned and linked versions stay whatever the rules. Those that stay are read
        before anything goes.
      </p>
      <PlanState shown={shown} />
      {plan && (
        <PlanTable plan={plan} list={list} total={total} metric={rules.metric.name} stale={!shown.current} />
      )}
      {call && <CommandLine calls={[call]} />}
      {task.task && <TaskBar task={task.task} onCancel={task.cancel} />}
      <DialogFailure failure={task.failure ?? shown.failure} />
      <div className="dialog-foot">
        <Button variant="default" onClick={onClose}>
          {task.running ? 'Go on in the background' : 'Cancel'}
        </Button>
        <Button
          disabled={!shown.ready || removed === 0}
          loading={task.running}
          onClick={() => plan?.plan && prune(requestOf(run, rules), plan.plan)}
        >
          {removed === 0 ? 'Move to trash' : `Move ${formatCount(removed)} to trash`}
        </Button>
      </div>
    </>
  );
}

function PlanState({ shown: { plan, ready, task, failure } }: { shown: ShownPlan }) {
  const reading = !ready && failure === null;
  const far = task ? ` ${describeShare(task)}` : '';
  return (
    <Waiting waiting={reading} words="Reading the versions that would stay…">
      {plan && (
        <>
          {planSentence(plan)}
          {reading && <span className="plan-reading"> Reading the versions that would stay…{far}</span>}
        </>
      )}
    </Waiting>
  );
}

/** The highest step of a version, and whether any has a reward. */
function lookThrough(list: VersionsSnapshot['list']): { lastStep: number; hasReward: boolean } {
  let [lastStep, hasReward] = [0, false];
  for (const { step, reward } of list.rows()) {
    if (step !== null && Number.isFinite(step)) lastStep = Math.max(lastStep, step);
    hasReward ||= reward !== null;
  }
  return { lastStep, hasReward };
}

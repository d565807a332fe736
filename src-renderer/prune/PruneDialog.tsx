import { useMemo, useState } from 'react';
import { directionOf, isSameRanking, warningsOfConfigured } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { unmeasuredWarning } from '../../shared/query/plan-retention.ts';
import { useRankingWarnings } from '../best/useRankingWarnings.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { visibleText } from '../format/visible-text.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { PlanTable } from './PlanTable.tsx';
import { PruneForm } from './PruneForm.tsx';
import { hasRule, metricChoices, ownRules, pruneCall, requestOf } from './prune-rules.ts';
import { planSentence, sparedIn } from './prune-words.ts';
import { usePrunePlan } from './usePrunePlan.ts';
import { usePruning } from './usePruning.ts';

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

function Prune({ run, snapshot: { list, total, metrics }, onClose }: Omit<Props, 'opened'>) {
  const [rules, setRules] = useState(() => ownRules(run));
  const { shown, askAgain } = usePrunePlan(run, rules, total);
  const { plan } = shown;
  const { name: metric, mode } = rules.metric ?? run.metric;
  const measured = useRankingWarnings(
    useMemo(() => ({ runs: [run], handles: () => null }), [run]),
    metric,
    mode,
  );
  const isOwn = isSameRanking({ name: metric, mode }, run.metric);
  const configured = isOwn ? warningsOfConfigured(run.metric, visibleText(run.metric.name)) : [];
  const warnings = [...configured, ...measured];
  const { task, prune } = usePruning(onClose, askAgain);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is live; it is gone through when it gets longer or shorter
  const { lastStep, hasReward } = useMemo(() => lookThrough(list), [list, total]);
  const isUnmeasured = metrics.length === 0 && !hasReward;
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
  return (
    <PruneForm
      form={{
        rules,
        metrics: names,
        directionOf: (name) => directionOf(name, run),
        total,
        lastStep,
        onChange: setRules,
      }}
      shown={shown}
      sentence={plan && planSentence(plan, hasRule(rules), sparedIn(plan))}
      warnings={isUnmeasured && plan?.removed ? [...warnings, unmeasuredWarning] : warnings}
      removed={plan?.removed ?? 0}
      call={pruneCall(run, rules)}
      task={task}
      onPrune={() => plan?.plan && prune(requestOf(run, rules), plan.plan)}
      onClose={onClose}
    >
      {plan && <PlanTable plan={plan} list={list} total={total} metric={metric} stale={!shown.current} />}
    </PruneForm>
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

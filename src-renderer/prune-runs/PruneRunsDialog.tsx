import { useMemo, useState } from 'react';
import type { PlannedRun } from '../../shared/ipc/prune-runs-contract.ts';
import { directionByName } from '../../shared/model/direction-by-name.ts';
import { type Direction, isSameMetric } from '../../shared/model/metric.ts';
import type { WorkspaceSummary } from '../../shared/model/workspace.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { plural } from '../format/plural.ts';
import { PruneForm } from '../prune/PruneForm.tsx';
import { askedRules, callOf, firstRules, hasRule } from '../prune/prune-rules.ts';
import type { LabelledRun } from '../workspace/label-runs.ts';
import { PlanOfRun } from './PlanOfRun.tsx';
import { PrunedRuns } from './PrunedRuns.tsx';
import { RunsPlanTable } from './RunsPlanTable.tsx';
import { removedFrom, runsSentence, warningsOf } from './runs-plan-words.ts';
import { usePruningRuns } from './usePruningRuns.ts';
import { useRunsPlan } from './useRunsPlan.ts';
import './prune-runs.css';

interface Props {
  workspace: Pick<WorkspaceSummary, 'workspaceId' | 'folder'>;
  /** As they were when it was opened. */
  runs: readonly LabelledRun[];
  opened: boolean;
  onClose: () => void;
}

/** A longer command than of so many runs is nothing to read. */
const mostNamed = 50;
/** Where the slider of steps ends until it is known how far training went. */
const usualSteps = 1_000_000;

/** Prunes several runs of a folder by the same rules. */
export function PruneRunsDialog({ workspace, runs, opened, onClose }: Props) {
  return (
    <Dialog title={`Prune ${plural(runs.length, 'run')}`} width={1180} opened={opened} onClose={onClose}>
      <PruneRuns workspace={workspace} runs={runs} onClose={onClose} />
    </Dialog>
  );
}

function PruneRuns({ workspace, runs, onClose }: Omit<Props, 'opened'>) {
  const { workspaceId, folder } = workspace;
  const [rules, setRules] = useState(() => firstRules(runs));
  const byHandle = useMemo(() => new Map(runs.map((run) => [run.handle, run])), [runs]);
  const handles = useMemo(() => runs.map(({ handle }) => handle), [runs]);
  const asked = useMemo(() => askedRules(rules), [rules]);
  const { shown, runs: plans, askAgain } = useRunsPlan(workspaceId, handles, asked);
  const pruning = usePruningRuns(workspaceId, askAgain);
  if (pruning.pruned)
    return <PrunedRuns pruned={pruning.pruned} runs={byHandle} pruning={pruning} onClose={onClose} />;
  return (
    <PruneForm
      form={{
        rules,
        metrics: ['', ...new Set(runs.map((run) => run.metric.name))],
        directionOf: (name) => directionIn(name, runs),
        total: Math.max(1, ...runs.map(({ versions }) => versions)),
        lastStep: shown.plan?.lastStep || usualSteps,
        onChange: setRules,
      }}
      shown={shown}
      sentence={shown.plan && runsSentence(plans, hasRule(rules))}
      warnings={warningsOf(plans, (run) => byHandle.get(run)?.label ?? '')}
      removed={removedFrom(plans)}
      call={runs.length > mostNamed ? null : callOf(asked, placesOf(folder, runs))}
      task={pruning.task}
      onPrune={() => shown.plan && pruning.prune(shown.plan, asked)}
      onClose={onClose}
    >
      <PlansOfRuns
        workspaceId={workspaceId}
        plans={plans}
        runs={byHandle}
        metric={rules.metric?.name ?? null}
        stale={!shown.current}
      />
    </PruneForm>
  );
}

interface PlansProps {
  workspaceId: string;
  plans: readonly PlannedRun[];
  runs: ReadonlyMap<number, LabelledRun>;
  /** Null for each run's own. */
  metric: string | null;
  stale: boolean;
}

/** Each run, and the versions of one of them. */
function PlansOfRuns({ workspaceId, plans, runs, metric, stale }: PlansProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const current = planShown(plans, chosen);
  if (!current) return null;
  const own = runs.get(current.run)?.metric.name ?? 'reward';
  return (
    <div className="plan plan-of-runs">
      <RunsPlanTable plans={plans} runs={runs} current={current.run} stale={stale} onCurrent={setChosen} />
      <PlanOfRun workspaceId={workspaceId} planned={current} metric={metric ?? own} stale={stale} />
    </div>
  );
}

/** The one that was chosen, else the first. */
function planShown(plans: readonly PlannedRun[], chosen: number | null): PlannedRun | null {
  return plans.find(({ run }) => run === chosen) ?? plans[0] ?? null;
}

/** As a run has it that is ranked by it, else as its name says. */
function directionIn(name: string, runs: readonly LabelledRun[]): Direction {
  const ranked = runs.find(({ metric }) => isSameMetric(metric.name, name));
  return ranked?.metric.mode ?? directionByName(name)?.mode ?? 'max';
}

function placesOf(folder: string, runs: readonly LabelledRun[]): string[] {
  return runs.map(({ path }) => (path === '.' ? folder : `${folder}/${path}`));
}

import { useState } from 'react';
import type { RunsPlan, RunsPruned } from '../../shared/ipc/prune-runs-contract.ts';
import type { AskedRules } from '../../shared/ipc/writing-contract.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { type TaskRun, useTask } from '../tasks/useTask.ts';
import { showDone, showWayBack } from '../undo/show-way-back.tsx';
import { undoneWords } from '../undo/undone-words.ts';
import { type PartOfAct, waysBack } from '../undo/ways-back.ts';
import { prunedWords } from './runs-plan-words.ts';

/** The way to do the plans that are shown, what came of it, and the way back of each run. */
export interface PruningRuns {
  task: TaskRun;
  prune: (plan: RunsPlan, rules: AskedRules) => void;
  /** Null until it is done. */
  pruned: RunsPruned | null;
  /** The runs that are as they were again. */
  undone: ReadonlySet<number>;
  undo: (run: number) => Promise<void>;
}

export function usePruningRuns(workspaceId: string, onFailed: () => void): PruningRuns {
  const task = useTask(onFailed);
  const [pruned, setPruned] = useState<RunsPruned | null>(null);
  const [undone, setUndone] = useState<ReadonlySet<number>>(new Set());
  const [parts, setParts] = useState<ReadonlyMap<number, PartOfAct>>(new Map());
  const note = (run: number) => setUndone((before) => new Set([...before, run]));
  const tell = (done: RunsPruned) => {
    const ways = new Map(
      done.runs.flatMap(({ run, operation }) =>
        operation === null ? [] : [[run, partOf(workspaceId, run, operation, () => note(run))] as const],
      ),
    );
    setPruned(done);
    setParts(ways);
    if (ways.size === 0) showDone(prunedWords(done), null);
    else showWayBack({ done: prunedWords(done), undone: undoneWords, parts: [...ways.values()] });
  };
  return {
    task,
    pruned,
    undone,
    prune: (plan, rules) => {
      const plans = plansOf(plan);
      task.run<RunsPruned>(() => window.cairn.request('pruneRuns', { workspaceId, plans, rules }), tell);
    },
    undo: async (run) => {
      const part = parts.get(run);
      if (!part) return;
      const done = await valueOrNotice(part.takeBack());
      if (done && part.operation !== null) waysBack.removeOperations(workspaceId, [part.operation]);
    },
  };
}

/** Runs of which nothing goes need no operation. */
function plansOf({ runs }: RunsPlan): { run: number; plan: string }[] {
  return runs.flatMap(({ run, plan }) => (plan?.plan && plan.removed > 0 ? [{ run, plan: plan.plan }] : []));
}

function partOf(workspaceId: string, run: number, operation: string, onUndone: () => void): PartOfAct {
  return {
    runId: workspaceId,
    operation,
    takeBack: async () => {
      const result = await window.cairn.request('undoInRun', { workspaceId, run, operation });
      if (result.ok) onUndone();
      return result;
    },
  };
}

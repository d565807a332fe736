import type { WebContents } from 'electron';
import type { Pruned, PrunePlan, Pruning, writingRequests } from '../../shared/ipc/writing-contract.ts';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { RetentionRules } from '../../shared/query/plan-retention.ts';
import { removedBy } from '../core/retention/plan-with-survivors.ts';
import type { SurvivorReading } from '../core/retention/run-retention.ts';
import type { BackupRequest } from './backup-handlers.ts';
import type { MarkRequest } from './mark-handlers.ts';
import { packPlan } from './pack-plan.ts';
import type { RestoreRequest } from './restore-handlers.ts';
import type { Handlers } from './serve-requests.ts';
import type { TrashRequest } from './trash-handlers.ts';
import type { UpkeepRequest } from './upkeep-handlers.ts';
import type { WindowSession } from './window-session.ts';
import type { WorkTools } from './work.ts';

type WritingRequest = Exclude<
  keyof typeof writingRequests,
  BackupRequest | MarkRequest | RestoreRequest | TrashRequest | UpkeepRequest
>;

/** What each request does that prunes a run, or says what pruning would do. */
export function createWritingHandlers(
  sessionOf: (window: WebContents) => WindowSession,
): Pick<Handlers, WritingRequest> {
  const open = (from: WebContents, runId: string) => sessionOf(from).run(runId);
  return {
    simulatePrune: (pruning, from) => {
      const { manager, handles } = open(from, pruning.runId);
      const { size, ...plan } = manager.simulatePrune(rulesOf(pruning), metricOf(pruning));
      const packed: PrunePlan = { ...packPlan(plan, handles), size, gain: null, plan: null };
      return { json: JSON.stringify(packed) };
    },
    planPrune: (pruning, from) => {
      const { manager, handles } = open(from, pruning.runId);
      return sessionOf(from).start({ runId: pruning.runId, kind: 'plan a prune' }, async (tools) => {
        const plan = await manager.planPrune(rulesOf(pruning), metricOf(pruning), readingOf(tools));
        const { size, bytes, atMost, fingerprint } = plan;
        const packed = { ...packPlan(plan, handles), size, gain: { bytes, atMost }, plan: fingerprint };
        return packed satisfies PrunePlan;
      });
    },
    prune: (pruning, from) => {
      const { manager } = open(from, pruning.runId);
      const metric = metricOf(pruning);
      return sessionOf(from).start({ runId: pruning.runId, kind: 'prune' }, async (tools) => {
        const { plan, operation } = await manager.prune(rulesOf(pruning), {
          fingerprint: pruning.plan,
          reading: readingOf(tools),
          ...(metric === undefined ? {} : { metric }),
        });
        return { operation, removed: removedBy(plan).size } satisfies Pruned;
      });
    },
  };
}

function rulesOf({ keepBest, keepLatest, keepEvery, kinds }: Pruning): RetentionRules {
  return { keepBest, keepLatest, keepEvery, kinds };
}

function metricOf({ metric }: Pruning): SelectionMetric | undefined {
  return metric ? { name: metric.metric, mode: metric.mode, source: 'asked' } : undefined;
}

function readingOf({ signal, onBytes, onFile, expect }: WorkTools): SurvivorReading {
  return { signal, onBytes, onFile, onFound: (files, bytes) => expect(bytes, files) };
}

import type { AskedRules, PrunePlan } from '../../shared/ipc/writing-contract.ts';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { RetentionRules } from '../../shared/query/plan-retention.ts';
import type { ModelManager } from '../core/model-manager.ts';
import type { SurvivorReading } from '../core/retention/run-retention.ts';
import { packPlan } from './pack-plan.ts';
import type { VersionHandles } from './version-handles.ts';

/** A run that is planned for, and the numbers that the page has of its versions. */
interface PlannedFor {
  manager: ModelManager;
  handles: VersionHandles;
}

/** What these rules would do to a run by what is known now: nothing is read. */
export function simulateAsked({ manager, handles }: PlannedFor, asked: AskedRules): PrunePlan {
  const { size, ...plan } = manager.simulatePrune(rulesOf(asked), metricOf(asked));
  return { ...packPlan(plan, handles), size, gain: null, plan: null };
}

/** The same once the versions that stay were read, so that it can be done. */
export async function planAsked(
  { manager, handles }: PlannedFor,
  asked: AskedRules,
  reading: SurvivorReading,
): Promise<PrunePlan> {
  const plan = await manager.planPrune(rulesOf(asked), metricOf(asked), reading);
  const { size, bytes, atMost, fingerprint } = plan;
  return { ...packPlan(plan, handles), size, gain: { bytes, atMost }, plan: fingerprint };
}

export function rulesOf({ keepBest, keepLatest, keepEvery, kinds }: AskedRules): RetentionRules {
  return { keepBest, keepLatest, keepEvery, kinds };
}

/** Undefined for the run's own. */
export function metricOf({ metric }: Pick<AskedRules, 'metric'>): SelectionMetric | undefined {
  return metric ? { name: metric.metric, mode: metric.mode, source: 'asked' } : undefined;
}

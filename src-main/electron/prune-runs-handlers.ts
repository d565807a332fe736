import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WebContents } from 'electron';
import { packRows } from '../../shared/ipc/packed-rows.ts';
import type {
  PlannedRun,
  pruneRunsRequests,
  RunsPlan,
  RunsPruned,
} from '../../shared/ipc/prune-runs-contract.ts';
import type { AskedRules } from '../../shared/ipc/writing-contract.ts';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import { finiteOrNull } from '../../shared/query/compare-natural.ts';
import { escapeName } from '../core/catalog/escape-name.ts';
import { withMetric } from '../core/catalog/listed-version.ts';
import { toFailure, UsageError } from '../core/errors.ts';
import { fewAtATime } from '../core/files/few-at-a-time.ts';
import { endWaitingReaders } from '../core/integrity/integrity-pool.ts';
import type { ModelManager } from '../core/model-manager.ts';
import { removedBy } from '../core/retention/plan-with-survivors.ts';
import { warningsOfPruning } from '../core/retention/warnings-of-pruning.ts';
import { metricOf, planAsked, rulesOf, simulateAsked } from './asked-pruning.ts';
import type { HeldRun, HeldRuns } from './held-runs.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';
import type { WorkTools } from './work.ts';

/** What each request does that prunes runs of a folder together. */
export function createPruneRunsHandlers(
  sessionOf: (window: WebContents) => WindowSession,
): Pick<Handlers, keyof typeof pruneRunsRequests> {
  const workspaceOf = (from: WebContents, workspaceId: string) => sessionOf(from).workspaces.get(workspaceId);
  return {
    planPruneRuns: ({ workspaceId, runs, rules, read }, from) => {
      const session = sessionOf(from);
      const planning = new RunsPlanning(session.heldRuns, workspaceOf(from, workspaceId), rules, read);
      return session.start({ runId: workspaceId, kind: 'plan a prune' }, (tools) =>
        planning.plan(runs, tools),
      );
    },
    listPlannedVersions: async ({ workspaceId, run }, from) => {
      const folder = workspaceOf(from, workspaceId).folderOf(run);
      return { rows: packRows(rowsOf(await sessionOf(from).heldRuns.at(folder))) };
    },
    pruneRuns: ({ workspaceId, plans, rules }, from) => {
      const session = sessionOf(from);
      const workspace = workspaceOf(from, workspaceId);
      return session.start({ runId: workspaceId, kind: 'prune' }, async (tools) => {
        tools.expect(0, plans.length);
        const pruned: RunsPruned = { runs: [] };
        for (const each of plans) {
          // What was done until then is done, and is told.
          if (tools.signal.aborted) break;
          pruned.runs.push(await pruneOne(session.heldRuns, workspace, each, rules, tools));
          tools.onFile();
        }
        await endWaitingReaders();
        session.heldRuns.close();
        workspace.searchAnew();
        return pruned;
      });
    },
    undoInRun: async ({ workspaceId, run, operation }, from) => {
      const workspace = workspaceOf(from, workspaceId);
      const undo = (manager: ModelManager) => manager.undo(operation);
      const { restored, removed } = await sessionOf(from).heldRuns.once(workspace.folderOf(run), undo);
      workspace.searchAnew();
      return { restored: restored.length, removed: removed.length };
    },
    endPruneRuns: ({ workspaceId }, from) => {
      const session = sessionOf(from);
      session.works.cancelAlike({ runId: workspaceOf(from, workspaceId).workspaceId, kind: 'plan a prune' });
      session.heldRuns.close();
      return {};
    },
  };
}

/** Reading one run after another: threads stay for the next. */
const moreDue = { isMoreDue: true };

/** A plan over several runs: one that cannot be pruned keeps no other from it. */
class RunsPlanning {
  readonly #held: HeldRuns;
  readonly #workspace: OpenWorkspace;
  readonly #rules: AskedRules;
  readonly #read: boolean;

  constructor(held: HeldRuns, workspace: OpenWorkspace, rules: AskedRules, read: boolean) {
    this.#held = held;
    this.#workspace = workspace;
    this.#rules = rules;
    this.#read = read;
  }

  /** @throws the signal's reason */
  plan(runs: readonly number[], tools: WorkTools): Promise<RunsPlan> {
    return this.#planAll(runs, tools).finally(endWaitingReaders);
  }

  async #planAll(runs: readonly number[], tools: WorkTools): Promise<RunsPlan> {
    tools.expect(0, runs.length);
    this.#held.keepOnly(new Set(runs.flatMap((run) => this.#folderOf(run))));
    return this.#read ? this.#readAll(runs, tools) : this.#simulateAll(runs, tools);
  }

  /** Each is told as soon as it is open. */
  async #simulateAll(runs: readonly number[], tools: WorkTools): Promise<RunsPlan> {
    let lastStep = 0;
    const planned = await fewAtATime(runs, async (run) => {
      await this.#open(run, tools);
      tools.signal.throwIfAborted();
      const plan = await this.#planOne(run, tools, (step) => (lastStep = Math.max(lastStep, step)));
      tools.onPart(plan);
      tools.onFile();
      await nextTurn();
      return plan;
    });
    return { runs: planned, lastStep };
  }

  async #readAll(runs: readonly number[], tools: WorkTools): Promise<RunsPlan> {
    // Opened a few at a time, planned for one after the other: reading what stays takes the whole disk.
    await fewAtATime(runs, (run) => this.#open(run, tools));
    tools.startPart();
    const planned: PlannedRun[] = [];
    let lastStep = 0;
    for (const run of runs) {
      tools.signal.throwIfAborted();
      planned.push(await this.#planOne(run, tools, (step) => (lastStep = Math.max(lastStep, step))));
      tools.onFile();
    }
    return { runs: planned, lastStep };
  }

  #folderOf(run: number): string[] {
    try {
      return [this.#workspace.folderOf(run)];
    } catch {
      return [];
    }
  }

  /** What is wrong with it is told where it is planned for. */
  async #open(run: number, { signal }: WorkTools): Promise<void> {
    signal.throwIfAborted();
    for (const folder of this.#folderOf(run)) await this.#held.at(folder, moreDue).catch(() => undefined);
  }

  async #planOne(run: number, { signal }: WorkTools, onStep: (step: number) => void): Promise<PlannedRun> {
    try {
      const held = await this.#held.at(this.#workspace.folderOf(run));
      assertMeasured(held.manager, metricOf(this.#rules));
      onStep(lastStepOf(held.manager));
      if (!this.#read) return { run, plan: simulateAsked(held, this.#rules), why: null, warnings: [] };
      const plan = await planAsked(held, this.#rules, { signal, ...moreDue, look: held.look });
      return { run, plan, why: null, warnings: await warningsOf(held, this.#rules) };
    } catch (error) {
      signal.throwIfAborted();
      return { run, plan: null, why: toFailure(error).message, warnings: [] };
    }
  }
}

function warningsOf({ manager }: HeldRun, rules: AskedRules): Promise<string[]> {
  return warningsOfPruning(manager, metricOf(rules) ?? manager.settledMetric);
}

async function pruneOne(
  held: HeldRuns,
  workspace: OpenWorkspace,
  { run, plan: fingerprint }: { run: number; plan: string },
  rules: AskedRules,
  { signal }: WorkTools,
): Promise<RunsPruned['runs'][number]> {
  try {
    const { manager } = await held.at(workspace.folderOf(run));
    const metric = metricOf(rules);
    const options = { fingerprint, reading: { signal, ...moreDue }, ...(metric ? { metric } : {}) };
    const { plan, operation } = await manager.prune(rulesOf(rules), options);
    return { run, operation, removed: removedBy(plan).size, why: null };
  } catch (error) {
    return { run, operation: null, removed: 0, why: signal.aborted ? 'stopped' : toFailure(error).message };
  }
}

/** Where no version has the metric, none of them is the best: a rule about the best would keep none. @throws UsageError */
function assertMeasured(manager: ModelManager, metric: SelectionMetric | undefined): void {
  if (metric === undefined) return;
  for (const version of manager.list())
    if (finiteOrNull(withMetric(version, metric.name).value) !== null) return;
  throw new UsageError(`no version of it has “${escapeName(metric.name)}” — choose another metric for it`);
}

function lastStepOf(manager: ModelManager): number {
  let last = 0;
  for (const { step } of manager.list())
    if (step !== null && Number.isFinite(step)) last = Math.max(last, step);
  return last;
}

function rowsOf({ manager, handles }: HeldRun) {
  return Array.from(manager.list(), ({ id }) => id).flatMap((id) => {
    const row = manager.row(id);
    return row === undefined ? [] : [{ handle: handles.handleOf(id), ...row }];
  });
}

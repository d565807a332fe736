import type { WebContents } from 'electron';
import type { choiceRequests } from '../../shared/ipc/choice-contract.ts';
import { type DirectedRun, knownDirection, withDirection } from '../../shared/model/metric.ts';
import type { RunChoices } from '../../shared/model/run-choices.ts';
import { knownLayouts } from '../core/catalog/layouts/known-layouts.ts';
import { assertLayout } from '../core/choices/chosen-layout.ts';
import { judgeRun } from '../core/choices/judge-run.ts';
import { type ComparedVersions, warningsOfRanking } from '../core/choices/measured-with.ts';
import type { OpenRun } from './open-run.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** What each request does that decides which version is the best, or tells how sure that is. */
export function createChoiceHandlers(
  sessionOf: (window: WebContents) => WindowSession,
): Pick<Handlers, keyof typeof choiceRequests> {
  const managerOf = (from: WebContents, runId: string) => sessionOf(from).run(runId).manager;
  return {
    chooseMetric: async ({ runId, metric }, from) => {
      const manager = managerOf(from, runId);
      await manager.choose((choices) => withMetric(choices, metric, manager));
      return {};
    },
    setDirection: async ({ runId, metric, mode }, from) => {
      await managerOf(from, runId).choose((choices) => withDirection(choices, metric, mode));
      return {};
    },
    listLayouts: () => knownLayouts.map(({ id, name }) => ({ layout: id, name })),
    chooseLayout: async ({ runId, layout }, from) => {
      if (layout !== null) assertLayout(layout);
      const session = sessionOf(from);
      const { manager } = session.run(runId);
      await manager.choose((choices) => ({ ...choices, layout }));
      session.closeRun(runId);
      return { openedId: session.open(manager.root).runId };
    },
    describeReturns: async ({ runId, returns }, from) => {
      await managerOf(from, runId).choose((choices) => ({ ...choices, returns }));
      return {};
    },
    warnOfRanking: async ({ runIds, versions, metric, mode }, from) => {
      const wanted = versions && new Set(versions);
      const compared = runIds.map((runId) => comparedOf(sessionOf(from).run(runId), wanted));
      return { warnings: await warningsOfRanking(compared, { name: metric, mode }) };
    },
    judgeBest: async ({ runId }, from) => {
      const { manager, handles } = sessionOf(from).run(runId);
      const judgement = await judgeRun(manager);
      const handleOf = (id: string | undefined | null) => (id == null ? null : handles.handleOf(id));
      const { best, next, resumes } = judgement;
      const weights = best === null ? null : manager.weightsOf(best);
      return {
        judgement,
        ...{ best: handleOf(best), next: handleOf(next?.id), resumes: handleOf(resumes) },
        weights,
      };
    },
  };
}

/** The choices with another metric. Where it is written as a negative number, the better end that this tells is kept with it. */
function withMetric(choices: RunChoices, metric: string | null, run: DirectedRun): RunChoices {
  const chosen = { ...choices, metric };
  return metric !== null && run.negativeMetrics?.includes(metric)
    ? withDirection(chosen, metric, knownDirection(metric, run))
    : chosen;
}

/** @param wanted handles, of other runs too; null for all */
function comparedOf({ manager, handles }: OpenRun, wanted: ReadonlySet<number> | null): ComparedVersions {
  if (wanted === null) return { run: manager };
  return { run: manager, versions: [...manager.list()].filter(({ id }) => wanted.has(handles.handleOf(id))) };
}

import type { WebContents } from 'electron';
import type { Pruned, writingRequests } from '../../shared/ipc/writing-contract.ts';
import { removedBy } from '../core/retention/plan-with-survivors.ts';
import type { SurvivorReading } from '../core/retention/run-retention.ts';
import { metricOf, planAsked, rulesOf, simulateAsked } from './asked-pruning.ts';
import type { BackupRequest } from './backup-handlers.ts';
import type { MarkRequest } from './mark-handlers.ts';
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
    simulatePrune: (pruning, from) => ({
      json: JSON.stringify(simulateAsked(open(from, pruning.runId), pruning)),
    }),
    planPrune: (pruning, from) => {
      const run = open(from, pruning.runId);
      return sessionOf(from).start({ runId: pruning.runId, kind: 'plan a prune' }, (tools) =>
        planAsked(run, pruning, readingOf(tools)),
      );
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

function readingOf({ signal, onBytes, onFile, expect }: WorkTools): SurvivorReading {
  return { signal, onBytes, onFile, onFound: (files, bytes) => expect(bytes, files) };
}

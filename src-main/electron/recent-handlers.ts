import type { WebContents } from 'electron';
import type { recentRequests } from '../../shared/ipc/recent-contract.ts';
import type { OpenAs } from './open-path.ts';
import type { RecentEntry, Recents } from './recents.ts';
import type { Handlers } from './serve-requests.ts';
import { NoSuchHandleError } from './version-handles.ts';

interface Means {
  /** Asks a person where it is now; null when they think better of it. */
  ask: (from: WebContents, recent: RecentEntry) => Promise<string | null>;
  /** Opens what a path stands for; gives its handle. @throws UsageError */
  open: (from: WebContents, path: string, as?: OpenAs) => string;
}

/** What each request does about what was opened before. */
export function createRecentHandlers(
  recents: Recents,
  { ask, open }: Means,
): Pick<Handlers, keyof typeof recentRequests> {
  const entryOf = (recentId: string): RecentEntry => {
    const entry = recents.entryOf(recentId);
    if (!entry) throw new NoSuchHandleError('That is no longer in the list.');
    return entry;
  };
  return {
    listRecents: async () => ({ recents: await recents.list() }),
    openRecent: async ({ recentId }, from) => {
      const recent = entryOf(recentId);
      await recents.assertAnswers(recent);
      return { openedId: open(from, recent.folder, asBefore(recent)) };
    },
    findRecent: async ({ recentId }, from) => {
      const recent = entryOf(recentId);
      const path = await ask(from, recent);
      if (path === null) return { openedId: null };
      const openedId = open(from, path, asBefore(recent));
      recents.replace(recentId);
      return { openedId };
    },
    starRecent: ({ recentId, starred }) => {
      recents.star(recentId, starred);
      return {};
    },
    forgetRecent: ({ recentId }) => {
      recents.forget(recentId);
      return {};
    },
    clearRecents: () => {
      recents.clear();
      return {};
    },
  };
}

/** A folder that runs were looked for in may hold checkpoints too; what was opened as a run may hold runs by now. */
function asBefore({ kind }: RecentEntry): OpenAs | undefined {
  return kind === 'workspace' ? kind : undefined;
}
